import type { Settings } from "../config";
import { cidrOf, overlaps } from "../network/cidr";
import { firewallOf } from "../network/firewall";
import type { Problem } from "./problem";

/** What no single field can tell. Runs on settings that have the right shape; what was refused already has its default here. */
export function crossCheck(settings: Settings): Problem[] {
  return [
    ...notYet(settings),
    ...names(settings),
    ...addresses(settings),
    ...zones(settings),
    ...counts(settings),
    ...elasticIps(settings),
    ...rules(settings),
  ];
}

function notYet({ vpcs, delivery }: Settings): Problem[] {
  return [
    ...(vpcs.length > 1
      ? [
          problem(
            "vpcs",
            vpcs.map(({ name }) => name),
            "one VPC a stack is supported; more are not yet",
            "Keep one.",
          ),
        ]
      : []),
    ...(delivery === "direct"
      ? [problem("delivery", delivery, 'direct delivery is not yet supported, "ses" is', 'Set it to "ses".')]
      : []),
  ];
}

function names({ vpcs }: Settings): Problem[] {
  return repeated(vpcs.map(({ name }) => name)).map(({ index, value }) =>
    problem(`vpcs[${index}].name`, value, "every VPC has a name of its own", "Rename one of them."),
  );
}

function addresses({ vpcs, operators }: Settings): Problem[] {
  const clashes = vpcs.flatMap((vpc, index) => [
    ...vpcs
      .slice(0, index)
      .filter((other) => overlaps(cidrOf(other.cidrBlock), cidrOf(vpc.cidrBlock)))
      .map((other) =>
        problem(
          `vpcs[${index}].cidrBlock`,
          vpc.cidrBlock,
          `it overlaps ${other.cidrBlock} of the VPC ${other.name}, and VPCs that overlap can't be joined`,
          "Choose a block outside of it.",
        ),
      ),
    ...operators.flatMap((block, position) =>
      overlaps(cidrOf(block), cidrOf(vpc.cidrBlock))
        ? [
            problem(
              `operators[${position}]`,
              block,
              `it overlaps ${vpc.cidrBlock} of the VPC ${vpc.name}, and operators come from outside`,
              "Name the addresses that the internet sees.",
            ),
          ]
        : [],
    ),
  ]);
  const twice = repeated(operators).map(({ index, value }) =>
    problem(
      `operators[${index}]`,
      value,
      "every block stands here once: AWS refuses the same rule twice",
      "Remove it.",
    ),
  );
  return [...clashes, ...twice];
}

function zones({ vpcs, allowList }: Settings): Problem[] {
  const twice = vpcs.flatMap(({ azs }, index) =>
    repeated(typeof azs === "number" ? [] : azs).map(({ index: position, value }) =>
      problem(
        `vpcs[${index}].azs[${position}]`,
        value,
        "every zone stands here once",
        "Name another zone, or remove it.",
      ),
    ),
  );
  const named = new Set(vpcs.flatMap(({ azs }) => (typeof azs === "number" ? [] : azs)));
  const counted = vpcs.some(({ azs }) => typeof azs === "number");
  const strange = allowList.flatMap(({ azs = [] }, index) =>
    azs
      .filter((zone) => !counted && !named.has(zone))
      .map((zone) =>
        problem(
          `allowList[${index}].azs`,
          zone,
          `no VPC has this zone, they have ${[...named].join(", ")}`,
          "Name one of these, or leave azs out to allow it everywhere.",
        ),
      ),
  );
  return [...twice, ...strange];
}

function counts({ vpcs, sizes }: Settings): Problem[] {
  const most = Math.max(...vpcs.map(zoneCount));
  return (["bastion", "proxy", "mailbox", "web"] as const).flatMap((role) => {
    const { min, desired } = sizes[role];
    return [
      ...(desired < most
        ? [
            problem(
              `sizes.${role}.desired`,
              desired,
              `there are ${most} zones, and each has a ${role}`,
              `Give at least ${most}, or leave it out.`,
            ),
          ]
        : []),
      ...(min > desired
        ? [problem(`sizes.${role}.min`, min, `it is above desired, ${desired}`, "Lower it, or raise desired.")]
        : []),
    ];
  });
}

function elasticIps({ vpcs, quotas }: Settings): Problem[] {
  const needed = vpcs.reduce((sum, vpc) => sum + (vpc.nat === "single" ? 1 : zoneCount(vpc)), 0);
  if (needed <= quotas.elasticIps) return [];
  return [
    problem(
      "vpcs",
      vpcs.map(({ name, nat }) => `${name}: ${nat}`),
      `the NAT gateways need ${needed} Elastic IP addresses, the Region's quota is ${quotas.elasticIps}`,
      "Use fewer zones, set nat to single, or have AWS raise the quota and say so in quotas.elasticIps.",
    ),
  ];
}

function rules(settings: Settings): Problem[] {
  const { vpcs, quotas, operators } = settings;
  return vpcs.flatMap((vpc) => {
    const firewall = firewallOf(settings, vpc.cidrBlock);
    const acls = [...firewall.aclEntries].flatMap(([tier, entries]) =>
      perDirection(entries).map(([direction, count]) => ({
        what: `the network ACL of ${tier} in ${vpc.name} has ${count} entries ${direction}`,
        over: count - quotas.networkAclRules,
        remedy: "quotas.networkAclRules (40 at most)",
      })),
    );
    const byHolder = grouped(firewall.securityGroupRules);
    const groups = [...byHolder].flatMap(([holder, held]) =>
      perDirection(held).map(([direction, count]) => ({
        what: `the security group of ${holder} in ${vpc.name} has ${count} rules ${direction}`,
        over: count - quotas.securityGroupRules,
        remedy: "quotas.securityGroupRules",
      })),
    );
    return [...acls, ...groups]
      .filter(({ over }) => over > 0)
      .map(({ what, over, remedy }) =>
        problem(
          "operators",
          operators,
          `${what}, ${over} more than the quota`,
          `Join neighbouring blocks, or have AWS raise the quota and say so in ${remedy}.`,
        ),
      );
  });
}

function perDirection(held: readonly { direction: string }[]): [string, number][] {
  return ["in", "out"].map((direction) => [direction, held.filter((one) => one.direction === direction).length]);
}

function zoneCount({ azs }: Settings["vpcs"][number]): number {
  return typeof azs === "number" ? azs : azs.length;
}

function repeated(values: readonly string[]): { index: number; value: string }[] {
  return values.map((value, index) => ({ value, index })).filter(({ value, index }) => values.indexOf(value) < index);
}

function problem(path: string, value: unknown, limit: string, remedy: string): Problem {
  return { path, value, limit, remedy };
}

function grouped<Rule extends { holder: string }>(rules: readonly Rule[]): Map<string, Rule[]> {
  const groups = new Map<string, Rule[]>();
  for (const rule of rules) groups.set(rule.holder, [...(groups.get(rule.holder) ?? []), rule]);
  return groups;
}
