import type { Certainty } from "../../reachability/certainty";
import type { Links } from "../../reachability/links";
import {
  elements,
  field,
  given,
  hasDependencies,
  type Resource,
  UNKNOWN,
  type Value,
} from "../../reachability/resources";
import { type Arn, parseArn, partitionOf, unknownArn } from "./arns";
import { attachedPolicies } from "./attached-policies";
import { statementsOf } from "./iam-policy";
import { CONFIGURATION_SET_TYPES, IDENTITY_TYPES } from "./same-name";

export const TOPIC = "aws:sns/topic:Topic";

/**
 * In which Region and account resources are, and so their ARNs, before they exist.
 *
 * The account of a resource that has no ARN yet is that of others of its provider. Where none has one either, policies tell it that AWS takes
 * in one account only: the policy of a topic names the topic's own ARN, as "the value must match the ARN of the policy's topic"
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html).
 */
export class Whereabouts {
  /** By provider: what its resources say of the account, and what policies say. */
  private readonly shown = new Map<string, Set<string>>();
  private readonly written = new Map<string, Set<string>>();

  constructor(
    private readonly links: Links,
    resources: readonly Resource[],
  ) {
    for (const resource of resources) {
      const account = ownArn(resource)?.account ?? "";
      if (isAccount(account)) note(this.shown, resource, account);
      if (resource.type !== TOPIC) continue;
      for (const named of this.accountsInPolicies(resource)) note(this.written, resource, named);
    }
  }

  /** Undefined: not known. */
  region(resource: Resource): string | undefined {
    const own = ownArn(resource)?.region;
    if (own !== undefined && own !== "") return own;
    for (const value of [given(resource, "region"), resource.props.region, resource.provider?.region]) {
      if (typeof value === "string" && value !== "") return value;
    }
    return undefined;
  }

  sameRegion(a: Resource, b: Resource): Certainty {
    const [one, other] = [this.region(a), this.region(b)];
    if (one !== undefined && other !== undefined) return one === other ? "yes" : "no";
    const ofProvider = (each: Resource) => each.provider !== undefined && given(each, "region") === undefined;
    return ofProvider(a) && ofProvider(b) && a.provider?.urn === b.provider?.urn ? "yes" : "perhaps";
  }

  sameAccount(a: Resource, b: Resource): Certainty {
    const [one, other] = [this.account(a), this.account(b)];
    if (one !== undefined && other !== undefined) return one === other ? "yes" : "no";
    return providerOf(a) === providerOf(b) ? "yes" : "perhaps";
  }

  /** Undefined: not known. */
  account(resource: Resource): string | undefined {
    const own = ownArn(resource)?.account ?? "";
    if (isAccount(own)) return own;
    const key = providerOf(resource);
    return onlyOne(this.shown.get(key)) ?? (this.shown.has(key) ? undefined : onlyOne(this.written.get(key)));
  }

  /** The ARN of a topic, a queue or a key; of the first two it ends in the name. */
  arnOf(resource: Resource): Arn {
    const { name } = resource.props;
    const [, service] = /^aws:(\w+)\//.exec(resource.type) ?? [];
    return ownArn(resource) ?? this.arn(resource, service, typeof name === "string" && name !== "" ? name : undefined);
  }

  /** The ARN of something in the Region and account of a resource. `name` undefined: not known. */
  arn(place: Resource, service: string | undefined, name: string | undefined): Arn {
    const region = this.region(place);
    return {
      ...unknownArn,
      partition: region === undefined ? undefined : partitionOf(region),
      service,
      region,
      account: this.account(place),
      resource: name,
    };
  }

  private accountsInPolicies(topic: Resource): readonly string[] {
    const policies = attachedPolicies(this.links, topic);
    return policies.flatMap(({ value }) => {
      const statements = statementsOf(value);
      if (statements === undefined || statements === UNKNOWN) return [];
      return statements.flatMap((each) =>
        elements(field(each.value, "Resource")).flatMap((text) => this.itself(topic, text)),
      );
    });
  }

  /** The account in an ARN that has the topic's own name and Region. */
  private itself(topic: Resource, text: Value): readonly string[] {
    const named = typeof text === "string" ? parseArn(text) : undefined;
    if (named === undefined || !isAccount(named.account ?? "")) return [];
    const fits = named.resource === topic.props.name && named.region === this.region(topic);
    return fits && named.account !== undefined ? [named.account] : [];
  }
}

/** Types whose property `arn` is no input, so that it is their own even where the source doesn't say what was given. */
const OWN_ARN = [TOPIC, "aws:sqs/queue:Queue", "aws:kms/key:Key", ...IDENTITY_TYPES, ...CONFIGURATION_SET_TYPES];

/** The ARN that AWS gave the resource, not one that a program gave it. */
function ownArn(resource: Resource): Arn | undefined {
  const { arn } = resource.props;
  const isOwn = hasDependencies(resource)
    ? resource.propertyDependencies.arn === undefined
    : OWN_ARN.includes(resource.type);
  return typeof arn === "string" && isOwn ? parseArn(arn) : undefined;
}

function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}

function providerOf(resource: Resource): string {
  return resource.provider?.urn ?? "";
}

function note(accounts: Map<string, Set<string>>, resource: Resource, account: string): void {
  const key = providerOf(resource);
  accounts.set(key, (accounts.get(key) ?? new Set()).add(account));
}

function onlyOne(accounts: ReadonlySet<string> | undefined): string | undefined {
  const [first, second] = accounts ?? [];
  return second === undefined ? first : undefined;
}
