import assert from "node:assert/strict";
import fc from "fast-check";
import { allowances, covers, type Entry } from "../../../infra/proxy/allow-list";

const place = {
  region: "ap-northeast-1",
  azs: [
    { name: "ap-northeast-1c", id: "apne1-az1" },
    { name: "ap-northeast-1a", id: "apne1-az4" },
  ],
};

describe("the proxies' allow-list (M5)", () => {
  it("leaves out what a larger domain covers, which squid would refuse", () => {
    const hosts = [".a.com", "a.com", "www.a.com", ".b.a.com", "xa.com", "b.org", "b.org"];
    assert.deepEqual(
      allowances(
        hosts.map((host) => ({ host, ports: [443] })),
        place,
      ),
      [{ zones: undefined, port: 443, names: [".a.com", "b.org", "xa.com"] }],
    );
  });

  it("spells AWS services as endpoints of the Region (M8)", () => {
    assert.deepEqual(allowances([{ service: "kms", ports: [443] }], place), [
      { zones: undefined, port: 443, names: ["kms.ap-northeast-1.amazonaws.com"] },
    ]);
    assert.deepEqual(allowances([{ service: "kms", ports: [443] }], { ...place, region: "cn-north-1" })[0]?.names, [
      "kms.cn-north-1.amazonaws.com.cn",
    ]);
  });

  it("knows zones by id and by name, and allows nothing for zones that aren't used", () => {
    const entries: Entry[] = [
      { host: "one.org", ports: [443], azs: ["ap-northeast-1c"] },
      { host: "two.org", ports: [443], azs: ["apne1-az1"] },
      { host: "three.org", ports: [443], azs: ["apne1-az2"] },
    ];
    assert.deepEqual(allowances(entries, place), [{ zones: ["apne1-az1"], port: 443, names: ["one.org", "two.org"] }]);
  });

  const name = fc
    .array(fc.constantFrom("a", "b", "com"), { minLength: 2, maxLength: 4 })
    .map((labels) => labels.join("."));
  const element = fc.tuple(fc.constantFrom("", "."), name).map(([dot, text]) => dot + text);
  const azs = fc.subarray(["apne1-az1", "apne1-az4"], { minLength: 1 });
  const ports = fc.subarray<80 | 443>([80, 443], { minLength: 1 });
  const entry: fc.Arbitrary<Entry> = fc.record({ host: element, ports, azs: fc.option(azs, { nil: undefined }) });

  it("allows exactly what the entries allow: per name, port and zone", () => {
    fc.assert(
      fc.property(fc.array(entry), name, fc.constantFrom(80, 443), azs, (entries, host, port, [zone = ""]) => {
        const wanted = entries.some(
          (one) =>
            covers(one.host ?? "", host) && one.ports.some((p) => p === port) && (one.azs?.includes(zone) ?? true),
        );
        const given = allowances(entries, place).some(
          (one) =>
            one.port === port && (one.zones?.includes(zone) ?? true) && one.names.some((text) => covers(text, host)),
        );
        assert.equal(given, wanted);
      }),
    );
  });

  it("never has two names in one list of which one covers the other", () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        for (const { names } of allowances(entries, place)) {
          for (const one of names) {
            for (const other of names) {
              if (one !== other) assert.ok(!covers(one, other.replace(/^\./, "")), `${one} covers ${other}`);
            }
          }
        }
      }),
    );
  });
});
