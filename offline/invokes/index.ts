import { AwsError } from "../aws-error";
import type { Place, Props } from "../model";
import type { Core, Settings } from "../provider/core";
import { placeOf } from "../provider/place";
import type { Thing } from "../world";
import { functionSchema } from "../schema/load";
import { nearest } from "../schema/nearest";
import { getAvailabilityZones } from "./availability-zones";
import { getCallerIdentity } from "./caller-identity";
import { getPartition } from "./partition";
import { getPolicyDocument } from "./policy-document";
import { getRandomPassword } from "./random-password";
import { getRegion } from "./region";
import { getParameter } from "./ssm-parameter";
import { getSubnet } from "./subnet";
import { getVpcEndpointService } from "./vpc-endpoint-service";
import { getZone } from "./zone";

/** What exists, as a data source may ask for it. */
export interface Seen {
  /** The thing with this id or ARN. */
  find(type: string, id: string): Thing | undefined;
  /** Everything of a type, in every Region. */
  all(type: string): Thing[];
  /** Takes the account to have something that no program here makes: resources find it from now on. */
  assume(thing: Thing): void;
}

/** Answers one data source. Throws `AwsError`. */
type Invoke = (args: Props, place: Place, seen: Seen) => Props;

const INVOKES: Record<string, Invoke> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getRegion:getRegion": getRegion,
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
  "aws:secretsmanager/getRandomPassword:getRandomPassword": getRandomPassword,
  "aws:route53/getZone:getZone": getZone,
  "aws:ssm/getParameter:getParameter": getParameter,
  "aws:ec2/getSubnet:getSubnet": getSubnet,
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": getVpcEndpointService,
};

function fileOf(token: string): string {
  const name = token.slice(token.lastIndexOf(":") + 1).replace(/^get/, "");
  return `offline/invokes/${name.replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? "" : "-") + letter.toLowerCase())}.ts`;
}

/** The data sources. */
export class Invokes {
  constructor(private readonly core: Core) {}

  invoke(settings: Settings, token: string, args: Props, preview: boolean): Props {
    const invoke = INVOKES[token];
    if (invoke === undefined) {
      throw new AwsError(
        "NotModelled",
        `The embedded AWS doesn't answer ${token} yet: add ${fileOf(token)} and list it in offline/invokes/index.ts.`,
      );
    }
    const known = functionSchema(token)?.shape.args;
    for (const key of Object.keys(args)) {
      if (known === undefined || key in known) continue;
      const near = nearest(key, Object.keys(known));
      throw new AwsError(
        "ProviderCheck",
        `unknown argument \`${key}\` of ${token}${near === undefined ? "" : `; did you mean \`${near}\`?`}`,
      );
    }
    const place = placeOf(settings.region, args);
    return invoke(args, place, this.seen(place, preview));
  }

  private seen(place: Place, preview: boolean): Seen {
    const worlds = this.core.seen(preview);
    const everything = worlds.flatMap((things) => things.all());
    return {
      find: (type, id) => worlds.map((things) => things.find(type, id, place)).find((thing) => thing !== undefined),
      all: (type) => everything.filter((thing) => thing.type === type),
      assume: (thing) => {
        this.core.assumed.put(thing);
      },
    };
  }
}
