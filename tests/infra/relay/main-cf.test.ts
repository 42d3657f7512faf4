import assert from "node:assert/strict";
import { renderMainCf } from "../../../infra/relay/main-cf";
import { RELAY } from "./relay-args";

const settings = (text: string) =>
  new Map(text.split("\n").map((line): [string, string] => [line.split(" = ")[0] ?? "", line.split(" = ")[1] ?? ""]));

describe("main.cf of the relays", () => {
  it("sets nothing twice", () => {
    const names = renderMainCf(RELAY)
      .split("\n")
      .flatMap((line) => /^([a-z_]+) =/i.exec(line)?.[1] ?? []);
    assert.ok(names.length > 40);
    assert.deepEqual(names, [...new Set(names)]);
  });

  it("takes the machine's name for no domain of aliases when it is a served domain itself", () => {
    assert.equal(settings(renderMainCf(RELAY)).get("virtual_alias_domains"), "$myhostname");
    const own = renderMainCf({ ...RELAY, hostname: "example.com" });
    assert.match(own, /^virtual_alias_domains =$/m);
  });
});
