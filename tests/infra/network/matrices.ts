import fc from "fast-check";
import {
  BALANCERS,
  INTERFACE_ENDPOINTS,
  type Balancer,
  type Party,
  type Role,
  type Row,
} from "../../../infra/communications";

export const ROLES: readonly Role[] = ["bastion", "proxy", "relay", "mailbox", "web", "database", "mailstore"];
export const BALANCER_NAMES = Object.keys(BALANCERS) as Balancer[];
export const PORTS = [22, 25, 80, 443, 1024, 3128, 5432, 65535] as const;

const protocol = fc.constantFrom("tcp" as const, "udp" as const);
const ports = fc.uniqueArray(fc.constantFrom(...PORTS), { minLength: 1, maxLength: 3 });
const machine = fc.constantFrom<Party>(...ROLES);
const client = fc.constantFrom<Party>(...ROLES, "internet", "operators");
const service = fc.constantFrom<Party>(
  ...ROLES,
  ...INTERFACE_ENDPOINTS,
  ...BALANCER_NAMES,
  "internet",
  "operators",
  "s3",
);

const direct = fc.tuple(client, service).filter(([from, to]) => from !== to && (isInside(from) || isInside(to)));
const balanced = fc.tuple(client, machine, fc.constantFrom(...BALANCER_NAMES)).filter(([from, to]) => from !== to);

/** Rows of every kind that a matrix may have: within a tier, across tiers, from and to the outside, behind every balancer. */
export const matrices: fc.Arbitrary<Row[]> = fc.array(
  fc
    .tuple(
      fc.oneof(
        direct.map(([from, to]) => ({ from, to })),
        balanced.map(([from, to, via]) => ({ from, to, via })),
      ),
      protocol,
      ports,
    )
    .map(([parties, proto, portList]): Row => ({
      ...parties,
      protocol: proto,
      ports: portList,
      purpose: "any",
      survives: "automatic",
    })),
  { minLength: 1, maxLength: 8 },
);

function isInside(party: Party): boolean {
  return party !== "internet" && party !== "operators" && party !== "s3";
}
