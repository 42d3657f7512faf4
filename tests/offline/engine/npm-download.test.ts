import assert from "node:assert/strict";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npmDownload } from "../../../offline/engine/npm-download";
import { surroundings } from "./fake-executable";
import { temporaryFolder } from "../../temporary-folder";

/** The wrapper's layout: `$PULUMI_HOME/versions/<version>/bin`. */
const INSTALLS = `
const { mkdirSync, writeFileSync } = require("node:fs");
const bin = process.env.PULUMI_HOME + "/versions/" + process.env.PULUMI_VERSION + "/bin";
mkdirSync(bin, { recursive: true });
for (const file of ["pulumi", "pulumi-language-nodejs"]) writeFileSync(bin + "/" + file, process.argv[2], { mode: 0o755 });
`;

describe("the download by Pulumi's npm package", () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder();
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function wrapper(code: string): string {
    writeFileSync(join(root, "package.json"), JSON.stringify({ version: "3.301.0" }));
    writeFileSync(join(root, "run.js"), code);
    return join(root, "run.js");
  }

  it("leaves the release's executables, and nothing else, in the folder", async () => {
    const target = temporaryFolder();
    const maker = npmDownload(wrapper(INSTALLS));
    assert.equal(maker.version, "3.301.0");
    await maker.make(target, surroundings([]));
    assert.deepEqual(readdirSync(target).sort(), ["pulumi", "pulumi-language-nodejs"]);
    rmSync(target, { recursive: true });
  });

  it("fails with what the wrapper says", async () => {
    const maker = npmDownload(wrapper(`console.error("pulumi: fetch failed"); process.exit(1)`));
    await assert.rejects(maker.make(root, surroundings([])), /failed \(exit code 1\): pulumi: fetch failed/);
  });

  it("knows the installed wrapper's version", () => {
    assert.match(npmDownload().version, /^3\.\d+\.\d+$/);
  });
});
