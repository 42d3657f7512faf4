import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

import { parseFaults } from "../../../offline/provider/faults";
import { embeddedAws, type EmbeddedAws, type HarnessOptions } from "../harness";
import { QUEUE, testModel } from "./models";

function aws(options: HarnessOptions = {}): EmbeddedAws {
  return embeddedAws({ modelOf: testModel, ...options });
}

/** Another run of the CLI on the same world. */
function nextRun(before: EmbeddedAws, options: HarnessOptions = {}): EmbeddedAws {
  return aws({ worldDirectory: before.worldDirectory, ...options });
}

function editWorld(of: EmbeddedAws, edit: (text: string) => string): void {
  const { file } = of.core.store(of.urn(QUEUE, "any"));
  writeFileSync(file, edit(readFileSync(file, "utf8")));
}

describe("ids and names", () => {
  it("are the same in a preview and in the update after it", async () => {
    const first = aws();
    const planned = await first.preview(QUEUE, "mail", {});
    const made = await first.up(QUEUE, "mail", {});
    assert.equal(made.id, planned.id);
    assert.deepEqual(made.outputs, planned.outputs);
  });

  it("differ between the generations of one resource", async () => {
    const first = aws();
    const made = await first.up(QUEUE, "mail", {});
    await first.delete(QUEUE, "mail", made);
    const again = await first.up(QUEUE, "mail", {});
    assert.notEqual(again.id, made.id);
    assert.notEqual(again.outputs["name"], made.outputs["name"]);
  });

  it("are the logical name and seven hex digits, kept for as long as the resource lives", async () => {
    const first = aws();
    const made = await first.up(QUEUE, "mail", {});
    assert.match(String(made.outputs["name"]), /^mail-[0-9a-f]{7}$/);
    assert.deepEqual(first.diff(QUEUE, "mail", made, {}).changes, []);
  });
});

describe("previews", () => {
  it("leave the world alone", async () => {
    const first = aws();
    await first.preview(QUEUE, "mail", {});
    assert.deepEqual(first.things(), []);
  });

  it("see what they have created themselves", async () => {
    const first = aws();
    await first.preview(QUEUE, "one", { name: "same" });
    await first.refuses("QueueNameExists", first.preview(QUEUE, "two", { name: "same" }));
  });

  it("don't take a resource that is to be replaced for a duplicate of itself", async () => {
    const first = aws();
    const made = await first.up(QUEUE, "mail", { name: "same" });
    const difference = first.diff(QUEUE, "mail", made, { name: "same", redrivePolicy: "{}" });
    assert.equal(difference.deleteBeforeReplace, true);
    await first.preview(QUEUE, "mail", { name: "same", redrivePolicy: "{}" });
  });

  it("return what the real provider returns when ids are turned off", async () => {
    const first = aws({ previewIds: false });
    const planned = await first.preview(QUEUE, "mail", { name: "mail" });
    assert.equal(planned.id, "");
    assert.deepEqual(planned.outputs, { delaySeconds: 0, id: "", name: "mail" });
  });

  it("accept a type without a model, with one notice", async () => {
    const first = aws();
    const topic = await first.preview("aws:sns/topic:Topic", "one", {});
    await first.preview("aws:sns/topic:Topic", "two", {});
    assert.match(String(topic.outputs["arn"]), /^arn:aws:sns:ap-northeast-1:123456789012:/);
    assert.equal(first.notices.length, 1);
    assert.match(first.notices[0] ?? "", /aws:sns\/topic:Topic.*offline\/models\/sns\/topic\.ts/);
  });
});

describe("updates", () => {
  it("refuse a type without a model and name the file to add", async () => {
    const first = aws();
    const message = await first.refuses("NotModelled", first.up("aws:sns/topic:Topic", "one", {}));
    assert.match(message, /offline\/models\/sns\/topic\.ts/);
  });

  it("drop outputs of inputs that are no longer given", async () => {
    const first = aws();
    const made = await first.up(QUEUE, "mail", { redrivePolicy: "{}" });
    const changed = await first.update(QUEUE, "mail", made, { policy: "{}" });
    assert.equal(changed.outputs["redrivePolicy"], undefined);
    assert.equal(changed.outputs["policy"], "{}");
    assert.equal(changed.outputs["arn"], made.outputs["arn"]);
  });

  it("delete what is gone already without a word, and what AWS refuses not at all", async () => {
    const first = aws();
    const made = await first.up(QUEUE, "mail", {});
    await first.delete(QUEUE, "mail", made);
    await first.delete(QUEUE, "mail", made);
    const used = await first.up(QUEUE, "used", { fifoQueue: true });
    await first.refuses("DependencyViolation", first.delete(QUEUE, "used", used));
    assert.equal(first.things().length, 1);
  });
});

describe("a run that was killed", () => {
  it("leaves what AWS had and the engine hadn't written down to the next run", async () => {
    const killed = aws();
    const made = await killed.up(QUEUE, "mail", {});
    const next = nextRun(killed);
    const planned = await next.preview(QUEUE, "mail", { visibilityTimeoutSeconds: 60 });
    const again = await next.up(QUEUE, "mail", { visibilityTimeoutSeconds: 60 });
    assert.equal(planned.id, made.id);
    assert.equal(again.id, made.id);
    assert.equal(again.outputs["visibilityTimeoutSeconds"], 60);
    assert.equal(next.things().length, 1);
  });

  it("doesn't leave two where today's inputs need a replacement", async () => {
    const killed = aws();
    const made = await killed.up(QUEUE, "mail", { name: "old" });
    const next = nextRun(killed);
    const again = await next.up(QUEUE, "mail", { name: "new" });
    assert.notEqual(again.id, made.id);
    assert.deepEqual(
      next.things().map(({ id }) => id),
      [again.id],
    );
  });

  it("isn't mistaken for a replacement, whose old generation the engine knows", async () => {
    const before = aws();
    const made = await before.up(QUEUE, "mail", {});
    const next = nextRun(before);
    next.diff(QUEUE, "mail", made, { redrivePolicy: "{}" });
    const replacement = await next.up(QUEUE, "mail", { redrivePolicy: "{}" });
    assert.notEqual(replacement.id, made.id);
    assert.equal(next.things().length, 2);
  });
});

describe("reading", () => {
  it("shows an edit of an input in the world file as drift of input and output", async () => {
    const first = aws();
    const made = await first.up(QUEUE, "mail", { visibilityTimeoutSeconds: 60 });
    editWorld(first, (text) => text.replace('"visibilityTimeoutSeconds": 60', '"visibilityTimeoutSeconds": 90'));
    const read = nextRun(first).read(QUEUE, "mail", made.id, made);
    assert.equal(read?.inputs["visibilityTimeoutSeconds"], 90);
    assert.equal(read.outputs["visibilityTimeoutSeconds"], 90);
  });

  it("shows an edit among the outputs as drift of the input that was given", async () => {
    const first = aws();
    const made = await first.up(QUEUE, "mail", { visibilityTimeoutSeconds: 60 });
    editWorld(first, (text) => text.replace('"outputs": {', '"outputs": {\n"visibilityTimeoutSeconds": 90,'));
    const read = nextRun(first).read(QUEUE, "mail", made.id, made);
    assert.equal(read?.inputs["visibilityTimeoutSeconds"], 90);
    assert.equal(read.outputs["visibilityTimeoutSeconds"], 90);
  });

  it("changes nothing where nothing was edited", async () => {
    const first = aws();
    const made = await first.up(QUEUE, "mail", { visibilityTimeoutSeconds: 60 });
    const read = nextRun(first).read(QUEUE, "mail", made.id, made);
    assert.deepEqual(read, made);
  });

  it("imports by id alone, and knows what doesn't exist", async () => {
    const first = aws();
    const made = await first.up(QUEUE, "mail", { name: "mail" });
    assert.deepEqual(nextRun(first).read(QUEUE, "imported", made.id)?.inputs, made.inputs);
    assert.equal(nextRun(first).read(QUEUE, "imported", "https://nowhere"), undefined);
  });
});

describe("faults", () => {
  it("fail the nth create of a type, once", async () => {
    const first = aws({ faults: parseFaults(`create:${QUEUE}:2=InternalError`) });
    await first.up(QUEUE, "one", {});
    await first.refuses("InternalError", first.up(QUEUE, "two", {}));
    await first.up(QUEUE, "two", {});
    assert.equal(first.things().length, 2);
  });

  it("throttle, and the provider tries again", async () => {
    const first = aws({ faults: parseFaults(`throttle:${QUEUE}:2`) });
    await first.up(QUEUE, "one", {});
    assert.equal(first.things().length, 1);
  });

  it("that can't be read are refused with the forms", () => {
    for (const text of [
      "create",
      `create:${QUEUE}:0=X`,
      `create:${QUEUE}:1`,
      `explode:${QUEUE}:1=X`,
      `throttle:${QUEUE}`,
    ]) {
      assert.throws(() => parseFaults(text), /Can't read the fault.*Forms: create\|update\|delete:<type>/);
    }
  });
});
