import { z } from "zod";
import type { Certainty } from "../../reachability/certainty";
import { instancesWith } from "../../reachability/network-interfaces";
import type { Network } from "../../reachability/network";
import type { Party } from "../../reachability/parties";
import { given, label, type Resource, UNKNOWN, type Value } from "../../reachability/resources";
import type { Subnet } from "../../reachability/vpcs";
import { bad, type Check, findingOf, good, pending, switchOf } from "../check";
import type { Finding, Rule } from "../rule";
import { launchedTag } from "../tags";
import { edgeOf } from "./edge-subnets";
import { givers } from "./public-address-givers";

const settings = {
  roles: z
    .array(z.string())
    .default([])
    .describe(
      "Values of the role tag of what may have a public address, as instances that are themselves at the edge.",
    ),
  roleTag: z
    .string()
    .default("Role")
    .describe("The tag that says the role, on the resource or, for instances, in the launch template."),
};

type Settings = z.output<z.ZodObject<typeof settings>>;

/** Load balancers that face the internet and NAT gateways have public addresses by what they are, and are no subject. */
export const publicAddressesAtTheEdgeOnly: Rule<typeof settings> = {
  id: "public-addresses-at-the-edge-only",
  title: "Only load balancers and NAT gateways have public addresses",
  proves:
    "Proves that no instance, group, launch template, network interface, database or ECS service gets a public IPv4 address, and that subnets give " +
    "addresses at launch only at the edge: with a route to an internet gateway, and with nothing in them but load balancers and NAT gateways.",
  why:
    "A machine with a public address is on the internet as soon as one route and one rule let it be. Without an address, only what stands at the " +
    "edge can bring the internet to it.",
  sources: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
  ],
  fix: "Take the public address away and put a load balancer (in) or a NAT gateway (out) in between.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: ["EC2.9", "EC2.15", "EC2.25", "AutoScaling.5", "ECS.2", "RDS.2"].map(
    (id) => ({ framework: "AWS Foundational Security Best Practices", id }) as const,
  ),
  tags: ["network"],
  settings,
  defers: true,
  notApplicable: "The stack has no subnet and nothing that could have a public address.",
  judge: ({ network }, chosen) => [
    ...network.subnets.map((subnet) => subnetFinding(network, subnet, chosen)),
    ...network.parties.flatMap((party) => partyFinding(network, party, chosen)),
    ...Object.entries(givers).flatMap(([type, { noun, checks }]) =>
      network.links.ofTypes(type).map((resource) => {
        const question = `it can't be told whether ${noun} ${label(resource)} gives a public address to what isn't at the edge`;
        return findingOf(resource, question, unlessAllowed(network, resource, checks(network.links, resource), chosen));
      }),
    ),
  ],
};

function subnetFinding(network: Network, subnet: Subnet, chosen: Settings): Finding {
  const state = switchOf(given(subnet.resource, "mapPublicIpOnLaunch"));
  const question = `it can't be told whether subnet ${subnet.label} gives public addresses to what isn't at the edge`;
  if (state === "off" || state === "default") return findingOf(subnet.resource, question, [good]);
  const edge = edgeOf(network, subnet, ({ resource }) => allowed(network, resource, chosen));
  const check = (): Check => {
    if (edge.answer === "yes") return good;
    if (state === "unknown") return pending("what its mapPublicIpOnLaunch is");
    if (edge.answer === "perhaps")
      return pending(`whether subnet ${subnet.label} is at the edge: it isn't if ${edge.because}`);
    return bad(
      `subnet ${subnet.label} gives public addresses at launch (mapPublicIpOnLaunch), but isn't at the edge: ${edge.because}`,
      "set mapPublicIpOnLaunch: false",
    );
  };
  return findingOf(subnet.resource, question, [check()]);
}

const nouns: Readonly<Partial<Record<Party["kind"], string>>> = {
  instance: "instance",
  group: "Auto Scaling group",
  database: "database",
};

const fixes: Readonly<Partial<Record<Party["kind"], string>>> = {
  instance: "set associatePublicIpAddress: false, and remove Elastic IP addresses from it",
  group: "set associatePublicIpAddress: false in the network interface of its launch template",
  database: "set publiclyAccessible: false",
};

function partyFinding(network: Network, party: Party, chosen: Settings): readonly Finding[] {
  const [noun, fix] = [nouns[party.kind], fixes[party.kind]];
  if (noun === undefined || fix === undefined) return [];
  const name = party.resource.type === "aws:ec2/networkInterface:NetworkInterface" ? "network interface" : noun;
  const check =
    party.publicAddress === "no"
      ? good
      : party.publicAddress === "perhaps"
        ? pending(`whether ${name} ${party.label} gets a public address`)
        : bad(`${name} ${party.label} has a public address`, fix);
  const question = `it can't be told whether ${name} ${party.label} is without a public address`;
  return [findingOf(party.resource, question, unlessAllowed(network, party.resource, [check], chosen))];
}

function unlessAllowed(
  network: Network,
  resource: Resource,
  checks: readonly Check[],
  chosen: Settings,
): readonly Check[] {
  const answer = allowed(network, resource, chosen);
  if (answer === "yes") return [good];
  if (answer === "no") return checks;
  return checks.map((check) =>
    check.answer === "bad" ? pending(`the tag ${chosen.roleTag} of ${label(resource)}`) : check,
  );
}

/** A network interface has the role of its instance too. */
function allowed({ links }: Network, resource: Resource, { roles, roleTag }: Settings): Certainty {
  if (roles.length === 0) return "no";
  const owners = instancesWith(links, resource).map(({ instance }) => instance);
  const found = [resource, ...owners].map((each): Value => launchedTag(links, each, roleTag));
  if (found.some((role) => roles.some((each) => each === role))) return "yes";
  return found.includes(UNKNOWN) ? "perhaps" : "no";
}
