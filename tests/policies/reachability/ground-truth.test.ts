import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bareList, readBareList } from "../../../policies/stack-source/bare-list";
import { answer, type Endpoint, type Query } from "../../../policies/reachability/answer";
import { type Network, readNetwork } from "../../../policies/reachability/network";
import { listParties } from "../../../policies/reachability/party-list";

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

function endpoint(network: Network, id: string): Endpoint {
  if (id === "internet") return { kind: "internet" };
  const party = listParties(network).find((each) => each.id === id);
  return party === undefined ? { kind: "address", address: id } : { kind: "party", urn: party.urn };
}

const said = { reachable: "allow", blocked: "deny", undetermined: "undetermined" } as const;

function answered(network: Network, row: Row) {
  const { fromIp, toIp, srcPort, dstPort } = row;
  const protocol = /^\d+$/u.test(row.protocol) ? Number(row.protocol) : (row.protocol as Query["protocol"]);
  return answer(network, {
    from: endpoint(network, row.from),
    to: endpoint(network, row.to),
    fromIp,
    toIp,
    protocol,
    ...(srcPort === undefined ? {} : { srcPort }),
    ...(dstPort === undefined ? {} : { dstPort }),
  });
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
        const network = readNetwork(readBareList(bareList.parse(JSON.parse(readFileSync(join(folder, file), "utf8")))));
        const rows = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Row[];
        const wrong = rows.flatMap((row) => {
          const found = answered(network, row);
          const request = said[found.request];
          const session = row.session === undefined ? undefined : said[found.connection];
          const asExpected = request === row.expected && session === row.session;
          return asExpected
            ? []
            : [{ id: row.id, expected: row.expected, request, session: row.session, got: session, found }];
        });
        assert.deepEqual(wrong, []);
      });
    }
  }
});
