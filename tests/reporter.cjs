// Mocha's spec reporter, then one closing line that CI reads: "N passed, N failed[, N skipped]". With CI=true a skip is a failure.
const { reporters, Runner } = require("mocha");

module.exports = class Reporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const started = new Map();
    const top = (suite) => (suite.parent && !suite.parent.root ? top(suite.parent) : suite);
    const times = [];
    runner.on(Runner.constants.EVENT_SUITE_BEGIN, (suite) => started.set(suite, Date.now()));
    runner.on(Runner.constants.EVENT_SUITE_END, (suite) => {
      if (!suite.root && top(suite) === suite) times.push([suite.title, Date.now() - started.get(suite)]);
    });
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      for (const [title, ms] of times.sort((a, b) => b[1] - a[1]).slice(0, 40))
        console.log(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${title}`);
      const skipsFail = process.env.CI === "true" && pending > 0;
      if (skipsFail) console.log(`${pending} skipped: with CI=true a skipped test is a failure`);
      console.log(
        `\n${passes} passed, ${failures + (skipsFail ? pending : 0)} failed${pending > 0 && !skipsFail ? `, ${pending} skipped` : ""}`,
      );
      if (skipsFail) process.exitCode = 1;
    });
  }
};
