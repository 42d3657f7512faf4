import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Props } from "../../../offline/model";
import { modelledTypes, modelOf } from "../../../offline/models";
import { diff } from "../../../offline/provider/diff";
import { resourceSchema } from "../../../offline/schema/load";
import { UNKNOWN } from "../../../offline/unknown";

type Flags = Record<string, Record<string, { forceNew?: boolean } | null> | null>;

const file = join(process.env["DEJIMA_GROUND_TRUTH"] ?? "", "provider", "property-flags.json");
const flags = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Flags) : {};

/** Replace by what is inside them, which the flags don't tell. */
const byContent = new Set(["cpuOptions", "enclaveOptions", "s3Import"]);
/** Newer than the flags. */
const newer = new Set(["hostResourceGroupArn"]);

describe("which changes replace a resource, beside the Terraform provider's ForceNew", () => {
  it("is read from DEJIMA_GROUND_TRUTH", function () {
    if (Object.keys(flags).length === 0) this.skip();
    assert.ok(modelledTypes().some((type) => type in flags));
  });

  for (const type of modelledTypes()) {
    const properties = flags[type];
    if (properties === undefined || properties === null) continue;
    it(type, () => {
      const inputs = resourceSchema(type)?.shape.inputs ?? {};
      // Version 7 of the provider has some no more, and Pulumi calls some otherwise.
      const forced = Object.entries(properties).flatMap(([name, flag]) =>
        flag?.forceNew === true && name in inputs ? [name] : [],
      );
      const replaceOn = modelOf(type)?.replaceOn ?? [];
      const kept = forced.filter((name) => !replaceOn.some((path) => path === name || path.startsWith(`${name}.`)));
      assert.deepEqual(kept, [], "these replace the resource");
      const inPlace = replaceOn.filter((name) => name in properties && !forced.includes(name));
      assert.deepEqual(
        inPlace.filter((name) => !byContent.has(name) && !newer.has(name)),
        [],
        "these are changed in place",
      );
    });
  }
});

/** Which of the changed properties replace. */
function replacing(type: string, olds: Props, news: Props): string[] {
  const schema = resourceSchema(type);
  assert.ok(schema);
  const { changes } = diff(olds, news, schema, modelOf(type));
  assert.notDeepEqual(changes, []);
  return [...new Set(changes.flatMap(({ path, replaces }) => (replaces ? [path.replace(/\[\d+\]/g, "")] : [])))].sort();
}

describe("changes that replace a resource only sometimes", () => {
  const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
  const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
  const INSTANCE = "aws:ec2/instance:Instance";
  const network = (rest: Props): Props => ({ loadBalancerType: "network", ...rest });
  const mapping = (subnetId: string, allocationId?: string): Props => ({
    subnetId,
    ...(allocationId === undefined ? {} : { allocationId }),
  });
  const cases: [string, string, Props, Props, string[]][] = [
    ["a rule's other block", RULE, { cidrIpv4: "10.0.0.0/8" }, { cidrIpv4: "10.0.0.0/9" }, []],
    [
      "a rule's other kind of peer",
      RULE,
      { cidrIpv4: "10.0.0.0/8" },
      { referencedSecurityGroupId: UNKNOWN },
      ["cidrIpv4", "referencedSecurityGroupId"],
    ],
    [
      "the first security group of a network load balancer",
      BALANCER,
      network({}),
      network({ securityGroups: ["sg-1"] }),
      ["securityGroups"],
    ],
    [
      "the last security group of a network load balancer",
      BALANCER,
      network({ securityGroups: ["sg-1"] }),
      network({ securityGroups: [] }),
      ["securityGroups"],
    ],
    [
      "another security group of a network load balancer",
      BALANCER,
      network({ securityGroups: ["sg-1"] }),
      network({ securityGroups: ["sg-2"] }),
      [],
    ],
    ["the first security group of an application load balancer", BALANCER, {}, { securityGroups: ["sg-1"] }, []],
    [
      "one subnet more of a network load balancer",
      BALANCER,
      network({ subnets: ["a"] }),
      network({ subnets: ["b", "a"] }),
      [],
    ],
    [
      "one subnet less of a network load balancer",
      BALANCER,
      network({ subnets: ["a", "b"] }),
      network({ subnets: ["a"] }),
      ["subnets"],
    ],
    ["one subnet less of an application load balancer", BALANCER, { subnets: ["a", "b"] }, { subnets: ["a"] }, []],
    [
      "another address in a subnet",
      BALANCER,
      network({ subnetMappings: [mapping("a", "eipalloc-1")] }),
      network({ subnetMappings: [mapping("a", "eipalloc-2")] }),
      ["subnetMappings.allocationId"],
    ],
    [
      "an address in a subnet that had none",
      BALANCER,
      network({ subnets: ["a"] }),
      network({ subnetMappings: [mapping("a", "eipalloc-1")] }),
      ["subnetMappings"],
    ],
    [
      "subnets that aren't known yet",
      BALANCER,
      network({ subnets: ["a", "b"] }),
      network({ subnets: [UNKNOWN, "b"] }),
      [],
    ],
    ["an instance of the same processor", INSTANCE, { instanceType: "t4g.nano" }, { instanceType: "m7gd.large" }, []],
    [
      "an instance of another processor",
      INSTANCE,
      { instanceType: "t3.nano" },
      { instanceType: "t4g.nano" },
      ["instanceType"],
    ],
    ["other user data", INSTANCE, { userData: "a" }, { userData: "b" }, []],
    [
      "other user data, where that is to replace",
      INSTANCE,
      { userData: "a", userDataReplaceOnChange: true },
      { userData: "b", userDataReplaceOnChange: true },
      ["userData"],
    ],
    [
      "another version of the launch template",
      INSTANCE,
      { launchTemplate: { id: "lt-1", version: "1" } },
      { launchTemplate: { id: "lt-1", version: "2" } },
      ["launchTemplate.version"],
    ],
    [
      "default tenancy made dedicated",
      "aws:ec2/vpc:Vpc",
      { instanceTenancy: "default" },
      { instanceTenancy: "dedicated" },
      ["instanceTenancy"],
    ],
    [
      "dedicated tenancy made default",
      "aws:ec2/vpc:Vpc",
      { instanceTenancy: "dedicated" },
      { instanceTenancy: "default" },
      [],
    ],
    [
      "a standard parameter made an advanced one",
      "aws:ssm/parameter:Parameter",
      { tier: "Standard" },
      { tier: "Advanced" },
      [],
    ],
    [
      "an advanced parameter made a standard one",
      "aws:ssm/parameter:Parameter",
      { tier: "Advanced" },
      { tier: "Standard" },
      ["tier"],
    ],
  ];
  for (const [what, type, olds, news, expected] of cases) {
    it(`${what}: ${expected.length === 0 ? "in place" : "a new one"}`, () => {
      assert.deepEqual(replacing(type, olds, news), expected);
    });
  }
});
