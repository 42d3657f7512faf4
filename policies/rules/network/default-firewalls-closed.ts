import { z } from "zod";
import { isVpc, type Links, vpcTypes } from "../../reachability/links";
import { label, type Resource } from "../../reachability/resources";
import { mainTables } from "../../reachability/route-tables";
import { routesOf } from "../../reachability/routes";
import { bad, type Check, findingOf, good, outside, pending } from "../check";
import type { Rule } from "../rule";
import { defaultAclCheck, defaultGroupCheck } from "./default-firewalls";

const settings = {
  networkAcls: z
    .enum(["closed", "any"])
    .default("closed")
    .describe(
      '"closed": the default network ACL allows nothing; "any": it isn\'t asked about, as where subnets rely on it.',
    ),
  mainRouteTables: z
    .enum(["without-routes", "any"])
    .default("without-routes")
    .describe('"without-routes": the main route table leads nowhere but within the VPC; "any": it isn\'t asked about.'),
};

/**
 * What AWS makes with a VPC takes whatever nobody has placed: an interface without a group gets the default group, a subnet without an association the
 * default ACL and the main table. They are taken over by resources of their own, which leave nothing in them.
 */
export const defaultFirewallsClosed: Rule<typeof settings> = {
  id: "default-firewalls-closed",
  title: "What AWS makes with a VPC lets nothing through",
  proves:
    "Proves that every VPC's default security group has no rules, that its default network ACL allows nothing, and that its main route table leads nowhere.",
  why:
    "AWS's own default group lets everything out and its members talk to one another; its default ACL allows all. " +
    "A forgotten group or association then opens what was meant to be closed, and no review sees it, for nothing was written.",
  sources: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/WorkWithRouteTables.html",
  ],
  fix: "Take them over: aws.ec2.DefaultSecurityGroup, DefaultNetworkAcl and DefaultRouteTable, each without rules or routes.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [
    { framework: "AWS Foundational Security Best Practices", id: "EC2.2" },
    { framework: "CIS AWS Foundations Benchmark v3.0.0", id: "5.4" },
  ],
  tags: ["network"],
  settings,
  defers: true,
  notApplicable: "The stack has no VPC.",
  judge: ({ links }, { networkAcls, mainRouteTables }) =>
    links
      .ofTypes(...vpcTypes)
      .map((vpc) =>
        findingOf(vpc, `it can't be told whether what AWS makes with VPC ${label(vpc)} lets nothing through`, [
          ...defaultGroupCheck(links, vpc),
          ...(networkAcls === "closed" ? defaultAclCheck(links, vpc) : []),
          ...(mainRouteTables === "without-routes" ? mainTableChecks(links, vpc) : []),
        ]),
      ),
};

function mainTableChecks(links: Links, vpc: Resource): readonly Check[] {
  const tables = mainTables(links, { candidates: [vpc], external: false, id: undefined, absent: false });
  return tables.flatMap((table): readonly Check[] => {
    if (table.resource === undefined) return [outside(`the routes of table ${table.label}, which isn't in this stack`)];
    if (isVpc(table.resource) && table.resource.type === "aws:ec2/defaultVpc:DefaultVpc")
      return [
        tables.length > 1
          ? pending(`which table is the main one of VPC ${label(vpc)}`)
          : bad(
              `the main route table of the default VPC ${label(vpc)} leads to the internet, as AWS makes it`,
              "take it over with an aws.ec2.DefaultRouteTable without routes",
            ),
      ];
    return routesOf(links, table)
      .filter(({ targets }) => targets.some(({ kind }) => kind !== "local"))
      .map(({ targets, certain, blocks, unknowns, reach }): Check => {
        const [target] = targets;
        if (!certain || tables.length > 1 || targets.some(({ kind }) => kind === "local")) {
          const unknown = unknowns[0] ?? `which table is the main one of VPC ${label(vpc)}`;
          return reach === undefined ? pending(unknown) : outside(unknown);
        }
        const where = (blocks ?? []).map(({ text }) => text).join(", ");
        return bad(
          `main route table ${table.label} of VPC ${label(vpc)} has a route${where === "" ? "" : ` for ${where}`} to ${target?.label ?? "a gateway"}`,
          "remove it, and associate the subnets that need it with a table of their own",
        );
      })
      .concat(good);
  });
}
