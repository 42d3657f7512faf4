import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import type { Thing } from "../../../offline/world";
import { ConfigurationError } from "../../../offline/provider/configuration-error";
import { checkWorldFile, WorldStore, worldFile } from "../../../offline/world-store";
import { temporaryFolder } from "../../temporary-folder";

const place = { partition: "aws", region: "ap-northeast-1", accountId: "123456789012" };

function thing(id: string, more: Partial<Thing> = {}): Thing {
  const urn = `urn:pulumi:dev::p::aws:ec2/vpc:Vpc::${id}`;
  return {
    type: "aws:ec2/vpc:Vpc",
    id,
    urn,
    place,
    inputs: { cidrBlock: "10.0.0.0/16" },
    outputs: { cidrBlock: "10.0.0.0/16", arn: `arn:${id}` },
    ...more,
  };
}

function emptyStore(): WorldStore {
  return new WorldStore(worldFile(temporaryFolder("world"), "p", "dev"));
}

describe("the world file", () => {
  it("holds after durable() what was put before, and nothing is left beside it", async () => {
    const store = emptyStore();
    store.put(thing("vpc-1"));
    store.put(thing("vpc-2"));
    store.countGeneration("urn:x");
    await Promise.all([store.durable(), store.durable()]);
    const again = new WorldStore(store.file);
    assert.deepEqual(again.all(), [thing("vpc-1"), thing("vpc-2")]);
    assert.equal(again.generation("urn:x"), 1);
    assert.deepEqual(readdirSync(dirname(store.file)), ["dev.json"]);
  });

  it("has each value once, so that an edit has one place to go", async () => {
    const store = emptyStore();
    store.put(thing("vpc-1"));
    await store.durable();
    const text = readFileSync(store.file, "utf8");
    assert.equal(text.split("10.0.0.0/16").length, 2);
    writeFileSync(store.file, text.replace("10.0.0.0/16", "10.9.0.0/16"));
    store.reload();
    assert.deepEqual(store.all()[0]?.outputs, { cidrBlock: "10.9.0.0/16", arn: "arn:vpc-1" });
  });

  it("that is damaged is refused with its name and the place", async () => {
    const store = emptyStore();
    store.put(thing("vpc-1"));
    await store.durable();
    const refusal = (text: string): string => {
      writeFileSync(store.file, text);
      try {
        checkWorldFile(store.file);
        return "";
      } catch (error) {
        // Not a fault of ours: nobody needs its stack.
        assert.ok(error instanceof ConfigurationError);
        return error.message;
      }
    };
    const whole = readFileSync(store.file, "utf8");
    assert.equal(refusal(whole), "");
    assert.match(
      refusal("{"),
      /^The world file .*dev\.json isn't JSON: line 1: .*\nMend it, put a copy .*or delete it/,
    );
    assert.match(refusal(whole.replace('"version": 1,', '"version": 1')), /isn't JSON: line 3: /);
    const nameless = '{"version":1,"generations":{},"things":[{"type":"x"}]}';
    assert.match(refusal(nameless), /is damaged:[\s\S]*things\[0\]\.id/);
    const line = whole.split("\n").findIndex((one) => one.includes('"urn"')) + 1;
    assert.match(refusal(whole.replace('"id": "vpc-1"', '"id": 1')), new RegExp(`is damaged near line ${line}:`));
  });

  it("keeps things of one name in two Regions apart", () => {
    const store = emptyStore();
    const osaka = { ...place, region: "ap-northeast-3" };
    store.put(thing("vpc-1"));
    store.put(thing("vpc-1", { place: osaka }));
    store.remove("aws:ec2/vpc:Vpc", "vpc-1", place);
    assert.equal(store.find("aws:ec2/vpc:Vpc", "vpc-1", place), undefined);
    assert.ok(store.find("aws:ec2/vpc:Vpc", "vpc-1", osaka));
  });
});
