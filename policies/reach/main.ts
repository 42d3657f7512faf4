/** `npm run reach -- --help` */
import { text } from "node:stream/consumers";
import { resolve } from "node:path";
import { reach } from "./command";

/** The checkout, seen from `policies/dist/reach`. Where the pack is installed on its own, nothing of this is there. */
const checkout = resolve(__dirname, "../../..");

/** npm runs scripts in the package's folder, and tells where it was called. */
const { INIT_CWD: calledIn, npm_lifecycle_event: script } = process.env;

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

reach(process.argv.slice(2), {
  launcher: resolve(checkout, "offline/dist/main.js"),
  home: resolve(checkout, ".dejima"),
  env: process.env,
  folder: script === "reach" && calledIn !== undefined ? calledIn : process.cwd(),
  isTerminal: process.stdout.isTTY,
  stdin: () => text(process.stdin),
  out: (written) => process.stdout.write(written),
  err: (written) => process.stderr.write(written),
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 3;
  },
);
