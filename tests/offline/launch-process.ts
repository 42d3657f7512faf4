/** The launcher in a process of its own, with the CLI at FAKE_CLI and providers that only say when they stop. */
import { launch } from "../../offline/launch";

const command = process.env["FAKE_CLI"] ?? "";

launch(process.argv.slice(2), {
  findEngine: () => Promise.resolve({ command, version: "3.300.0" }),
  startProviders: (options) => {
    console.error(`previewIds ${options.previewIds}, faults ${options.faults.length}`);
    return Promise.resolve({
      aws: 1111,
      awsx: 2222,
      stop: () => {
        console.error("providers stopped");
        return Promise.resolve();
      },
    });
  },
}).then(
  (code) => {
    process.exit(code);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(99);
  },
);
