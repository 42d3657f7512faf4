import { writeGolden } from "./golden-folder";
import { renderedFiles } from "./rendered";
import { resourceGraph } from "./graph";

/** `npm run golden`: writes what the program makes now; the diff in git is what a reviewer reads. */
async function update(): Promise<void> {
  writeGolden("rendered", renderedFiles());
  writeGolden("graph/dev", await resourceGraph("dev"));
}

update().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
