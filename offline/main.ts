/** `npm run offline -- <any pulumi command>`. */
import { nodeProblem } from "./node-version";

async function main(): Promise<number> {
  const problem = nodeProblem(process.versions.node);
  if (problem !== undefined) throw new Error(problem);
  const { launch } = await import("./launch"); // Late: an old Node.js couldn't load it.
  return launch(process.argv.slice(2));
}

main().then(
  (code) => {
    process.exit(code);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
