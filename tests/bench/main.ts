/** `npm run bench`: everything that is measured; `npm run bench -- preview` or `-- reachability`, `-- policies` only one. `BENCH_ROUNDS` is how often, 5 by default. */
import { benchPreview } from "./preview";
import { benchPolicies } from "./policies";
import { benchReachability } from "./reachability";

const benches = { preview: benchPreview, reachability: benchReachability, policies: benchPolicies } as const;

async function main(): Promise<void> {
  const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in benches));
  if (unknown !== undefined) throw new RangeError(`there is no bench "${unknown}": ${Object.keys(benches).join(", ")}`);
  for (const [name, bench] of Object.entries(benches))
    if (wanted.length === 0 || wanted.includes(name)) await bench(rounds);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
