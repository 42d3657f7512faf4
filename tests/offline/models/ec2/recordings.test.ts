import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Props } from "../../../../offline/model";
import { models } from "../../../../offline/models/network";
import { placeIn } from "../../../../offline/provider/place";
import { embeddedAws, type EmbeddedAws } from "../../harness";

interface Pair {
  type: string;
  inputs: Props | null;
  outputs: Props;
  source: string;
}

const file = join(process.env["DEJIMA_GROUND_TRUTH"] ?? "", "provider", "pairs.jsonl");
const pairs = existsSync(file)
  ? readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Pair)
      .filter((pair) => pair.type in models && pair.inputs !== null)
  : [];

const kinds: Record<string, string> = {
  vpc: "aws:ec2/vpc:Vpc",
  subnet: "aws:ec2/subnet:Subnet",
  igw: "aws:ec2/internetGateway:InternetGateway",
  nat: "aws:ec2/natGateway:NatGateway",
  rtb: "aws:ec2/routeTable:RouteTable",
  sg: "aws:ec2/securityGroup:SecurityGroup",
  acl: "aws:ec2/networkAcl:NetworkAcl",
  eipalloc: "aws:ec2/eip:Eip",
};

function regionOf(pair: Pair): string {
  const recorded = pair.outputs["region"];
  return typeof recorded === "string"
    ? recorded
    : (/arn:aws:ec2:([\w-]+):/.exec(JSON.stringify(pair.outputs))?.[1] ?? "us-west-2");
}

/** Puts what the recorded inputs refer to into the world. */
function supply(aws: EmbeddedAws, pair: Pair, region: string): void {
  const store = aws.core.store(aws.urn("aws:ec2/vpc:Vpc", "other"));
  for (const [, id, prefix] of JSON.stringify(pair.inputs).matchAll(
    /"((vpc|subnet|igw|nat|rtb|sg|acl|eipalloc)-[0-9a-f]{8,17})"/g,
  )) {
    const type = kinds[prefix ?? ""] ?? "";
    const outputs: Props = { publicIp: "192.0.2.1" };
    if (prefix === "vpc") outputs["cidrBlock"] = "10.0.0.0/16";
    else outputs["vpcId"] = "vpc-00000000000000001";
    if (prefix === "subnet") Object.assign(outputs, { cidrBlock: "10.0.0.0/16", availabilityZone: `${region}a` });
    store.put({ type, id: id ?? "", urn: aws.urn(type, id ?? ""), place: placeIn(region), inputs: {}, outputs });
  }
  const gateway = "aws:ec2/internetGateway:InternetGateway";
  const outputs = { vpcId: "vpc-00000000000000001" };
  if (pair.type === gateway) return;
  store.put({ type: gateway, id: "igw-1", urn: aws.urn(gateway, "x"), place: placeIn(region), inputs: {}, outputs });
}

/** Recorded, but not of version 7, or Pulumi's own, or a secret that the recording withheld. */
const notCompared = new Set(["__meta", "vpc", "tagsAll", "tags", "id", "region", "instance", "namePrefix"]);

/** What a refresh fills in from other resources: routes, rules, the NAT gateway that an address serves. */
const filledByOthers = new Set([
  "routes",
  "ingress",
  "egress",
  "associationId",
  "networkInterface",
  "privateDns",
  "privateIp",
]);

/** Inputs of earlier versions, and what an import wrote into the inputs beside what it conflicts with. */
const withdrawn = new Set(["__defaults", "vpc", "availabilityZoneId", "namePrefix"]);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0);

/** Differences in which properties are there, and in which of them are empty and how. */
function differences(inputs: Props, ours: Props, recorded: Props): string[] {
  return Object.entries(recorded).flatMap(([name, value]) => {
    if (notCompared.has(name) || (filledByOthers.has(name) && inputs[name] === undefined && isEmpty(ours[name])))
      return [];
    const mine = ours[name];
    if (mine === undefined && value !== null) return [`${name} is missing`];
    if (isEmpty(value) !== isEmpty(mine))
      return [`${name}: ${JSON.stringify(mine)} instead of ${JSON.stringify(value)}`];
    return [];
  });
}

describe("outputs of network resources beside recorded ones of the real provider", () => {
  it("is read from DEJIMA_GROUND_TRUTH", function () {
    if (pairs.length === 0) this.skip();
    assert.ok(pairs.length > 10);
  });

  pairs.forEach((pair, index) => {
    it(`${pair.type} (line ${index + 1})`, async () => {
      const region = regionOf(pair);
      const aws = embeddedAws({ region });
      supply(aws, pair, region);
      const inputs = Object.fromEntries(Object.entries(pair.inputs ?? {}).filter(([name]) => !withdrawn.has(name)));
      const state = await aws.up(pair.type, "recorded", inputs);
      assert.deepEqual(differences(inputs, state.outputs, pair.outputs), []);
      // Ids that are formulas over inputs must come out the same.
      if (/Rule$|:Route$/.test(pair.type) && !pair.type.startsWith("aws:vpc/"))
        assert.equal(state.id, pair.outputs["id"]);
    });
  });
});
