import assert from "node:assert/strict";
import fc from "fast-check";
import { dbNoInternetEgress } from "../../../../policies/rules/network/db-no-internet-egress";
import type { Resource } from "../../../../policies/reachability/resources";
import { databaseStack, type Fault, faults } from "../../database-stack";
import { hide, hideOne, places, withoutDependencies } from "../../hidden-values";
import { findingsOf, NotApplicable, Stack, violations } from "../../stack";

/** The heaviest of the findings: what the stack as a whole gets. */
function verdictOf(resources: readonly Resource[]): string {
  const kinds = findingsOf(dbNoInternetEgress, resources).map(({ verdict }) => verdict.kind);
  for (const kind of ["violated", "undetermined", "proved"] as const) if (kinds.includes(kind)) return kind;
  return "notApplicable";
}

const opposite: Readonly<Record<string, string>> = { proved: "violated", violated: "proved" };
const allFaults = Object.keys(faults) as Fault[];

describe("db-no-internet-egress (M1)", () => {
  it("is mandatory", () => {
    assert.equal(dbNoInternetEgress.enforcementLevel, "mandatory");
  });

  for (const deployed of [true, false]) {
    describe(deployed ? "with ids" : "on the first preview, ids unknown", () => {
      for (const fault of allFaults) {
        it(`${fault}: ${faults[fault]}`, async () => {
          const resources = databaseStack(fault).resources(deployed);
          assert.equal(
            verdictOf(resources),
            faults[fault],
            JSON.stringify(findingsOf(dbNoInternetEgress, resources), undefined, 1),
          );
          const messages = await violations(dbNoInternetEgress, resources);
          assert.equal(messages.length, faults[fault] === "proved" ? 0 : 2, messages.join("\n"));
        });
      }
    });
  }

  it("shows the path, the group, the network ACL and the fix", async () => {
    const [message] = await violations(dbNoInternetEgress, databaseStack("nat-route").resources(true));
    assert.equal(
      message,
      "db subnet 10.0.64.0/24 → route table routetable-database → natgateway-main → " +
        "route table routetable-public → internetgateway-main → internet; " +
        "security group securitygroup-database allows tcp/443 to 0.0.0.0/0\n" +
        "the default network ACL of VPC vpc-main allows tcp/443 by rule 100\n" +
        "Fix: remove the route to natgateway-main from route table routetable-database, " +
        "or associate subnet 10.0.64.0/24 with a route table without it.",
    );
  });

  it("names resources by their names while they have no id", async () => {
    const [message] = await violations(dbNoInternetEgress, databaseStack("nat-route").resources(false));
    assert.match(
      message ?? "",
      /^db subnet 10\.0\.64\.0\/24 → route table "database" → NAT gateway "main" → route table "public" → internet gateway "main" → internet; /,
    );
  });

  it("names the unknown", async () => {
    const [message] = await violations(dbNoInternetEgress, databaseStack("transit-gateway-route").resources(false));
    assert.match(message ?? "", /^undetermined: .*10\.0\.64\.0\/24.* isn't known where transit gateway "main" leads/);
  });

  it("takes lists that a provider turned unknown as a whole for what they were made from (pulumi#7854)", async () => {
    const resources = databaseStack("nat-route")
      .resources(false)
      .map((each) => ("subnetIds" in each.props ? hide(each, ["subnetIds"]) : each))
      .map((each) => ("vpcSecurityGroupIds" in each.props ? hide(each, ["vpcSecurityGroupIds"]) : each));
    const [message] = await violations(dbNoInternetEgress, resources);
    assert.match(
      message ?? "",
      /→ NAT gateway "main" → .* → internet; security group "database" allows tcp\/443 to 0\.0\.0\.0\/0/,
    );
  });

  describe("a subnet group whose list is wholly unknown", () => {
    /** Both subnets behind the group; `open` says which of them have the NAT route. */
    const group = (open: readonly string[], tags: Record<string, string> = {}) => {
      const made = new Stack();
      const vpc = made.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
      const nat = made.add("aws:ec2/natGateway:NatGateway", "main", { vpcId: vpc.id, availabilityMode: "regional" });
      made.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc.id });
      const subnetIds = ["a", "c"].map((zone, at) => {
        const cidrBlock = `10.0.${64 + at}.0/24`;
        const subnet = made.add("aws:ec2/subnet:Subnet", zone, { vpcId: vpc.id, cidrBlock, tags });
        const table = made.add("aws:ec2/routeTable:RouteTable", zone, { vpcId: vpc.id, routes: [] });
        made.add("aws:ec2/routeTableAssociation:RouteTableAssociation", zone, {
          subnetId: subnet.id,
          routeTableId: table.id,
        });
        const route = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id };
        if (open.includes(zone)) made.add("aws:ec2/route:Route", zone, route);
        return subnet.id;
      });
      made.add("aws:rds/subnetGroup:SubnetGroup", "database", { subnetIds });
      return made.resources(false).map((each) => ("subnetIds" in each.props ? hide(each, ["subnetIds"]) : each));
    };

    it("is proved when no candidate has a way out", () => {
      assert.equal(verdictOf(group([])), "proved");
    });

    it("is violated when every candidate has one", async () => {
      const [message] = await violations(dbNoInternetEgress, group(["a", "c"]));
      assert.match(message ?? "", /subnet group "database" has at least one of 10\.0\.64\.0\/24, 10\.0\.65\.0\/24/);
    });

    it("is undetermined for the candidate that has one when another hasn't", () => {
      assert.deepEqual(
        findingsOf(dbNoInternetEgress, group(["c"])).map(({ verdict }) => verdict.kind),
        ["proved", "undetermined"],
      );
    });

    it("is violated when the tag makes the candidate a database subnet", () => {
      assert.equal(verdictOf(group(["c"], { Tier: "internal" })), "violated");
    });
  });

  it("lets undetermined pass only when told so", async () => {
    const resources = databaseStack("transit-gateway-route").resources(true);
    const { warn } = console;
    const warned: unknown[] = [];
    console.warn = (message: unknown) => warned.push(message);
    try {
      assert.deepEqual(await violations(dbNoInternetEgress, resources, { onUndetermined: "warn" }), []);
    } finally {
      console.warn = warn;
    }
    assert.match(String(warned[0]), /isn't known where transitgateway-main leads/);
  });

  it("finds database subnets by tag and by configuration", async () => {
    const stack = (tags: Record<string, string>) => {
      const made = new Stack();
      const vpc = made.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
      made.add("aws:ec2/subnet:Subnet", "data", { vpcId: vpc.id, cidrBlock: "10.0.64.0/24", tags });
      const table = made.add("aws:ec2/defaultRouteTable:DefaultRouteTable", "main", {
        defaultRouteTableId: vpc.of("defaultRouteTableId"),
        routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }],
      });
      assert.ok(table);
      return made.resources(false);
    };
    assert.equal((await violations(dbNoInternetEgress, stack({ Tier: "internal" }))).length, 1);
    assert.equal((await violations(dbNoInternetEgress, stack({ Tier: "data" }), { databaseTier: "data" })).length, 1);
    for (const name of ["data", "10.0.64.0/24"]) {
      assert.equal((await violations(dbNoInternetEgress, stack({}), { databaseSubnets: [name] })).length, 1);
    }
    await assert.rejects(violations(dbNoInternetEgress, stack({})), NotApplicable);
    const [typo] = await violations(dbNoInternetEgress, stack({}), { databaseSubnets: ["dta"] });
    assert.match(typo ?? "", /the configured "dta"/);
  });

  it("is closed when a database's subnets lie outside the stack", () => {
    const stack = new Stack();
    stack.add("aws:rds/instance:Instance", "database", { dbSubnetGroupName: "of-others" });
    assert.equal(verdictOf(stack.resources(true)), "undetermined");
  });

  for (const deployed of [true, false]) {
    for (const dependencies of [true, false]) {
      const when = `${deployed ? "with" : "without"} ids, ${dependencies ? "with" : "without"} property dependencies`;
      // Without ids and dependencies nearly everything may be anything: slow, so that only every twentieth property is tried.
      const stride = deployed || dependencies ? 1 : 20;
      it(`never turns proved into violated, or back, whichever property is unknown (${when})`, () => {
        for (const fault of allFaults) {
          const known = databaseStack(fault).resources(true);
          const full = databaseStack(fault).resources(deployed);
          const shown = dependencies ? full : withoutDependencies(full);
          const truth = verdictOf(known);
          for (const [at, resource] of shown.entries()) {
            for (const path of places(resource.props).filter((_, place) => (at + place) % stride === 0)) {
              const hidden = hideOne(shown, at, path);
              assert.notEqual(verdictOf(hidden), opposite[truth], `${fault}: ${resource.urn} ${path.join(".")}`);
            }
          }
        }
      }).timeout(120_000);
    }
  }

  it("never turns proved into violated, or back, whatever set of values is unknown", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allFaults),
        fc.boolean(),
        fc.infiniteStream(fc.nat(9)),
        (fault, dependencies, dice) => {
          const hidden = databaseStack(fault)
            .resources(true)
            .map((resource) => {
              const chosen = places(resource.props).filter(() => dice.next().value === 0);
              const shown = dependencies ? resource : { ...resource, propertyDependencies: {} };
              return chosen.reduce(hide, shown);
            });
          assert.notEqual(verdictOf(hidden), opposite[faults[fault]]);
        },
      ),
      { numRuns: 300 },
    );
  }).timeout(120_000);

  for (const deployed of [true, false]) {
    it(`reads every property behind the SDK's proxy without letting its error out, ids ${deployed ? "known" : "unknown"}`, async () => {
      for (const fault of allFaults) {
        const resources = databaseStack(fault).resources(deployed);
        for (const [at, resource] of resources.entries()) {
          for (const path of places(resource.props)) {
            const messages = await violations(dbNoInternetEgress, hideOne(resources, at, path));
            const where = `${fault}: ${resource.urn} ${path.join(".")}: ${messages.join("\n")}`;
            if (faults[fault] !== "proved") assert.notEqual(messages.length, 0, where);
            else
              assert.ok(
                messages.every((message) => message.startsWith("undetermined: ")),
                where,
              );
          }
        }
      }
    }).timeout(120_000);
  }

  it("tries each property of each resource, inside lists and objects too", () => {
    const [table] = databaseStack("nat-route-inline")
      .resources(false)
      .filter(({ name, type }) => name === "database" && type.includes("routeTable"));
    assert.deepEqual(
      places(table?.props ?? {}).map((path) => path.join(".")),
      ["id", "propagatingVgws", "vpcId", "routes", "routes.0", "routes.0.cidrBlock", "routes.0.natGatewayId"],
    );
  });
});
