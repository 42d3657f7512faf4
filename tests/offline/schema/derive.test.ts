import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { functionSchema, resourceSchema } from "../../../offline/schema/load";
import { awsPackage } from "../../../offline/schema/location";
import { nearest } from "../../../offline/schema/nearest";

/** Counts `__pulumiType` in the package itself, without the deriving code. */
function typesInPackage(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return typesInPackage(path);
    if (!entry.name.endsWith(".js")) return [];
    const type = /__pulumiType = '(aws:[^']+)'/.exec(readFileSync(path, "utf8"))?.[1];
    return type === undefined ? [] : [type];
  });
}

describe("the schema derived from the typings", () => {
  it("has every resource type of the package", () => {
    const types = new Set(typesInPackage(awsPackage().directory));
    assert.ok(types.size > 1700);
    for (const type of types) assert.ok(resourceSchema(type), type);
  });

  it("tells required from optional, and nested types apart", () => {
    const group = resourceSchema("aws:ec2/securityGroup:SecurityGroup");
    assert.ok(group);
    assert.equal(group.shape.inputs["vpcId"]?.r, undefined);
    const nested = /#(.+)$/.exec(group.shape.inputs["ingress"]?.t ?? "")?.[1] ?? "";
    assert.deepEqual(group.types[nested]?.["fromPort"], { t: "number", r: 1 });
    assert.deepEqual(group.types[nested]?.["cidrBlocks"], { t: "[]string" });
    assert.equal(resourceSchema("aws:ec2/subnet:Subnet")?.shape.inputs["vpcId"]?.r, 1);
    assert.equal(resourceSchema("aws:ec2/subnet:Subnet")?.shape.outputs["arn"]?.r, 1);
  });

  it("knows secrets, deprecations and policy documents", () => {
    assert.equal(resourceSchema("aws:rds/instance:Instance")?.shape.inputs["password"]?.s, 1);
    assert.equal(resourceSchema("aws:rds/instance:Instance")?.shape.outputs["password"]?.s, 1);
    assert.equal(resourceSchema("aws:ec2/instance:Instance")?.shape.inputs["securityGroups"]?.d, 1);
    assert.equal(resourceSchema("aws:iam/role:Role")?.shape.inputs["assumeRolePolicy"]?.t, "json");
  });

  it("knows what functions take and give", () => {
    const zones = functionSchema("aws:index/getAvailabilityZones:getAvailabilityZones");
    assert.equal(zones?.shape.args["allAvailabilityZones"]?.t, "boolean");
    assert.equal(zones.shape.result["zoneIds"]?.t, "[]string");
  });

  it("knows nothing of what isn't there", () => {
    assert.equal(resourceSchema("aws:ec2/nothing:Nothing"), undefined);
    assert.equal(resourceSchema("aws:nothing/nothing:Nothing"), undefined);
    assert.equal(resourceSchema("../../x"), undefined);
  });
});

describe("the nearest name", () => {
  it("is the one with the fewest changes, and none that is too far", () => {
    assert.equal(nearest("cidrBlok", ["cidrBlock", "ipv6CidrBlock"]), "cidrBlock");
    assert.equal(nearest("Tags", ["tags", "tagsAll"]), "tags");
    assert.equal(nearest("colour", ["cidrBlock", "tags"]), undefined);
  });
});
