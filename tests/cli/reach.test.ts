import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { matrix } from "../../infra/communications";
import type { Cell } from "../../policies/reach/matrix";
import { type DevStack, deployedDev } from "./dev-stack";
import { root } from "./sandbox";

/** `from to`: the TCP ports, sorted. */
type Ports = ReadonlyMap<string, readonly number[]>;

/** Known by addresses only, which `--all` has no row for. */
const addressesOnly = new Set(["operators", "s3"]);

/** What the matrix declares, each leg by itself: to the balancer in between, from it, and both together. */
function declared(): Ports {
  const found = new Map<string, number[]>();
  const open = (from: string, to: string, ports: readonly number[]) => {
    if (addressesOnly.has(from) || addressesOnly.has(to)) return;
    const all = new Set([...(found.get(`${from} ${to}`) ?? []), ...ports]);
    found.set(
      `${from} ${to}`,
      [...all].sort((a, b) => a - b),
    );
  };
  for (const { from, to, via, ports } of matrix({ maintenance: false, operators: ["198.51.100.0/24"] })) {
    const legs: [string, string][] =
      via === undefined
        ? [[from, to]]
        : [
            [from, to],
            [from, via],
            [via, to],
          ];
    for (const [source, target] of legs) {
      open(source, target, ports);
      // The internet, to which the proxies' way leads, has the platform's own public addresses too.
      if (source === "internet")
        open(
          "proxy",
          target,
          ports.filter((port) => port === 80 || port === 443),
        );
    }
  }
  return new Map([...found].filter(([, ports]) => ports.length > 0));
}

function working(cells: readonly Cell[]): Ports {
  return new Map(
    cells
      .filter(({ works }) => works.length > 0)
      .map(({ from, to, works }) => {
        const [only = "", ...others] = works;
        assert(only.startsWith("tcp/") && others.length === 0, `${from} to ${to} has more than TCP: ${works.join()}`);
        return [`${from} ${to}`, only.slice("tcp/".length).split(",").map(Number)];
      }),
  );
}

describe("who reaches whom on the deployed dev stack", function () {
  this.timeout(300_000);
  let dev: DevStack;
  before(async () => {
    dev = await deployedDev();
  });
  after(() => {
    dev.dispose();
  });

  /** Throws where `--expect` isn't met. */
  function reach(...question: string[]): string {
    const command = join(root, "policies/dist/reach/main.js");
    const env = { ...process.env, DEJIMA_HOME: dev.home, NO_COLOR: "1" };
    const args = [command, "--stack", "dev", "--offline", ...question];
    return execFileSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
  }

  it("is the declared matrix, replies included, and nothing more (M4)", () => {
    const cells = JSON.parse(reach("--all", "--json")) as Cell[];
    assert.deepEqual(
      cells.filter(({ perhaps }) => perhaps.length > 0),
      [],
    );
    assert.deepEqual(Object.fromEntries([...working(cells)].sort()), Object.fromEntries([...declared()].sort()));
  });

  it("lets nobody but operators through to the bastions, whose balancer takes them there", () => {
    const ssh = ["--to", "bastion", "--protocol", "tcp", "--port", "22"];
    reach("--from", "internet", ...ssh, "--expect", "blocked");
    reach("--from", "bastion-nlb", ...ssh, "--expect", "reachable");
  });
});
