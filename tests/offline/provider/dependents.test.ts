import assert from "node:assert/strict";
import { AwsError } from "../../../offline/aws-error";
import { Dependents } from "../../../offline/provider/dependents";

function refuse(): never {
  throw new AwsError("DependencyViolation", "has mapped addresses");
}

describe("deletions that depend on others", () => {
  it("repeats a refused deletion until the other one that is under way has made room", async () => {
    const dependents = new Dependents();
    let mapped = true;
    const address = dependents.gone(() => {
      if (mapped) refuse();
    });
    let attempts = 0;
    const gateway = dependents.gone(() => {
      attempts += 1;
      if (attempts < 3) refuse();
      mapped = false;
    });
    await assert.doesNotReject(Promise.all([gateway, address]));
    assert.equal(attempts, 3);
  });

  it("gives up within a second when nothing else is being deleted", async () => {
    let attempts = 0;
    const lonely = new Dependents().gone(() => {
      attempts += 1;
      refuse();
    });
    await assert.rejects(lonely, { code: "DependencyViolation" });
    assert.equal(attempts, 5);
  });

  it("doesn't repeat what another error refuses", async () => {
    let attempts = 0;
    const refused = new Dependents().gone(() => {
      attempts += 1;
      throw new AwsError("OperationNotPermitted", "protected");
    });
    await assert.rejects(refused, { code: "OperationNotPermitted" });
    assert.equal(attempts, 1);
  });
});
