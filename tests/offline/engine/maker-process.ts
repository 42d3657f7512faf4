/** A process of its own that gets an engine from a cache: `maker-process.ts <cache> <log>`. Its maker takes a second and logs each start. */
import { appendFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { EngineCache } from "../../../offline/engine/cache";
import { findEngine } from "../../../offline/engine/find";
import { fakeMaker } from "./fake-executable";

const [directory = "", log = ""] = process.argv.slice(2);
const quick = fakeMaker("3.300.0");

findEngine(
  { env: { PATH: "" }, signal: new AbortController().signal, stderr: process.stderr },
  new EngineCache(directory),
  [
    {
      ...quick,
      async make(folder, surroundings) {
        appendFileSync(log, `${process.pid}\n`);
        await pause(1000);
        await quick.make(folder, surroundings);
      },
    },
  ],
).then(
  (engine) => {
    console.log(engine.command);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
