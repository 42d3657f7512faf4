import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseBlock } from "../../../policies/reachability/addresses";
import { flow } from "../../../policies/reachability/flow";
import { type Network, readNetwork } from "../../../policies/reachability/network";
import { parseProtocol } from "../../../policies/reachability/protocols";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { parseValue, type Resource, type Value } from "../../../policies/reachability/resources";
import { Traffic } from "../../../policies/reachability/traffic";

interface Row {
  readonly id: string;
  readonly from: string;
  readonly fromIp: string;
  readonly to: string;
  readonly toIp: string;
  readonly protocol: string;
  readonly srcPort?: number;
  readonly dstPort?: number;
  readonly expected: "allow" | "deny";
  readonly session?: "allow" | "deny";
}

interface RawResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly id: string;
  readonly props: Record<string, unknown>;
}

function readResources(file: string): Resource[] {
  const raw = JSON.parse(readFileSync(file, "utf8")) as RawResource[];
  return raw.map(({ type, name, urn, id, props }) => ({
    type,
    name,
    urn,
    props: { id, ...(parseValue(props) as Record<string, Value>) },
    propertyDependencies: {},
  }));
}

function port(value: number | undefined) {
  return value === undefined ? {} : IntervalSet.range(value, value);
}

function packet(row: Row, network: Network): Traffic {
  const address = (text: string, end: string) => {
    const party = network.parties.find(({ resource }) => resource.props.id === end);
    const own = party?.resource.props.privateIp;
    const block = parseBlock(typeof own === "string" ? own : text);
    assert.ok(block, `no address: ${text}`);
    return block.addresses;
  };
  const protocol = parseProtocol(row.protocol);
  assert.ok(protocol, row.protocol);
  const [sourcePorts, ports] = [port(row.srcPort), port(row.dstPort)];
  return Traffic.where({
    source: address(row.fromIp, row.from),
    destination: address(row.toIp, row.to),
    protocol,
    ...(sourcePorts instanceof IntervalSet ? { sourcePorts } : {}),
    ...(ports instanceof IntervalSet ? { ports } : {}),
  });
}

function answer(network: Network, row: Row, kind: "request" | "connection"): string {
  const end = (id: string) => network.parties.find(({ resource }) => resource.props.id === id) ?? "internet";
  const { must, may } = flow(network, end(row.from), end(row.to))[kind];
  const asked = packet(row, network);
  if (asked.isSubsetOf(must)) return "allow";
  return asked.intersect(may).isEmpty ? "deny" : "undetermined";
}

describe("reachability against answers that nobody here made up", () => {
  const directory = process.env.DEJIMA_GROUND_TRUTH;
  const scenarios =
    directory === undefined || !existsSync(directory)
      ? []
      : readdirSync(directory).filter((name) => name.startsWith("reach-") || name.startsWith("npguard-"));
  if (directory === undefined || scenarios.length === 0) {
    it("needs DEJIMA_GROUND_TRUTH", function () {
      this.skip();
    });
    return;
  }
  for (const scenario of scenarios) {
    const folder = join(directory, scenario);
    for (const file of readdirSync(folder).filter((name) => name.startsWith("resources"))) {
      it(`${scenario}, ${file}: each row, replies included`, () => {
        const network = readNetwork(readResources(join(folder, file)));
        const rows = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Row[];
        const wrong = rows.flatMap((row) => {
          const request = answer(network, row, "request");
          const session = row.session === undefined ? undefined : answer(network, row, "connection");
          const asExpected = request === row.expected && session === row.session;
          return asExpected
            ? []
            : [{ id: row.id, expected: row.expected, request, session: row.session, got: session }];
        });
        assert.deepEqual(wrong, []);
      });
    }
  }
});
