/**
 * `npm run mutation`: changes the library's rules one at a time (an operator flipped, a check dropped) and asks whether the tests notice.
 * Its result is docs/mutation.md. Everything it writes on its way lies in .dejima.
 */
export default {
  plugins: ["@stryker-mutator/mocha-runner", new URL("texts.mjs", import.meta.url).href],
  testRunner: "mocha",
  mochaOptions: {
    config: "tests/mutation/mocharc.json",
    // Without the properties of whole random networks, which take most of the tests' time: what these notice besides isn't counted.
    spec: ["tests/policies/reachability/**/!(classes|connections|hiding|ground-truth).test.ts"],
  },
  // MUTATE=policies/reachability/traffic.ts,… for some files only; the others keep their results of the last run.
  mutate: process.env.MUTATE?.split(",") ?? ["policies/reachability/**/*.ts"],
  ignorers: ["texts"],
  // One process a core of a small machine; a test asks only what it covers.
  concurrency: 2,
  coverageAnalysis: "perTest",
  // What runs once, while a file is loaded (tables of names), would need a new process and all tests for each change.
  ignoreStatic: true,
  // A busy machine isn't an endless loop.
  timeoutMS: 60_000,
  // The sandbox needs sources and tests only.
  ignorePatterns: [".dejima", ".git", "**/dist", "docs", "infra", "tests/golden", "tests/servers"],
  tempDirName: ".dejima/mutation/sandbox",
  incremental: true,
  incrementalFile: ".dejima/mutation/report.json",
  reporters: ["progress-append-only", "clear-text"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  // The threshold that counts is the one of report.ts.
  thresholds: { high: 95, low: 95, break: null },
};
