import { strict as assert } from "node:assert";
import { isDaily, isWeekly, overlap, tooShort } from "../../../../offline/models/rds/windows";

describe("RDS's backup and maintenance windows", () => {
  it("are times of day, and times of week", () => {
    assert.deepEqual(["03:00-04:00", "24:00-01:00", "9am"].map(isDaily), [true, false, false]);
    assert.deepEqual(["Sun:03:30-Sun:04:30", "sunday:03:30-sun:04:30"].map(isWeekly), [true, false]);
  });

  it("are at least half an hour long, over midnight too", () => {
    assert.equal(tooShort("23:45-00:14"), true);
    assert.equal(tooShort("23:45-00:15"), false);
    assert.equal(tooShort("sun:23:45-mon:00:14"), true);
  });

  const meetings: [string, string, boolean][] = [
    ["03:00-04:00", "Sun:03:30-Sun:04:30", true],
    ["03:00-04:00", "sun:04:00-sun:05:00", false],
    ["04:30-05:00", "sun:04:00-sun:05:00", true],
    ["23:30-00:30", "mon:00:00-mon:00:30", true],
    ["00:00-00:30", "sun:23:45-mon:00:15", true],
    ["01:00-01:30", "sun:23:45-mon:00:15", false],
  ];
  for (const [backup, maintenance, expected] of meetings) {
    it(`${backup} and ${maintenance} ${expected ? "meet" : "don't meet"}`, () => {
      assert.equal(overlap(backup, maintenance), expected);
    });
  }
});
