import assert from "node:assert/strict";
import fc from "fast-check";
import { parseProtocolName, readQuestions } from "../../../policies/reach/queries";

const where = (index: number, field: string) => `queries[${index}].${field}`;
const ask = (...raw: unknown[]) => readQuestions(raw, where);

describe("readQuestions", () => {
  it("takes a question with all its fields, nulls as left out, and notes of whoever asks", () => {
    const full = {
      from: "a",
      to: "b",
      fromIp: "10.0.0.1",
      toIp: "2001:db8::1",
      protocol: "TCP",
      srcPort: 49152,
      dstPort: 0,
    };
    const { questions, problems } = ask(full, {
      from: "a",
      to: "b",
      protocol: "icmp",
      srcPort: null,
      id: "x",
      why: "y",
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(questions, [
      { ...full, protocol: "tcp" },
      { from: "a", to: "b", protocol: "icmp" },
    ]);
  });
  it("takes a protocol's number, of ICMP that of its family", () => {
    const asked = [1, "1", "6", 17, 58, 50].map((protocol) => ({ from: "a", to: "b", protocol }));
    assert.deepEqual(
      ask(...asked).questions.map(({ protocol }) => protocol),
      [1, 1, "tcp", "udp", 58, 50],
    );
  });
  it("names the question, the field, the value and what is wanted, for every problem", () => {
    const { problems } = ask(
      { from: "a", to: "b", protocol: "tcp", dstPort: 65536 },
      { from: "", to: "b", protocol: "tcpp" },
      { from: "a", to: "b", protocol: "any", dstPort: 443 },
      { from: "a", to: "b", protocol: "udp", toIp: "10.0.0.0/8" },
      { to: "b", protocol: 256 },
    );
    assert.deepEqual(problems, [
      "queries[0].dstPort is 65536: a port is wanted, a whole number from 0 to 65535",
      'queries[1].from is "": it is empty',
      'queries[1].protocol is "tcpp": tcp, udp, icmp, any or a number from 0 to 255 is wanted. Did you mean tcp?',
      "queries[2].dstPort is 443: only tcp and udp have ports; leave it out or ask for one of them",
      'queries[3].toIp is "10.0.0.0/8": an IP address is wanted, IPv4 or IPv6, without a prefix length',
      "queries[4].from is missing: a text is wanted: an id, a URN, a name, a role, internet or ip:<address>",
      "queries[4].protocol is 256: tcp, udp, icmp, any or a number from 0 to 255 is wanted.",
    ]);
  });
  it("takes the type and code of ICMP as the two ports, within a byte, and a code only with its type", () => {
    const between = { from: "a", to: "b" };
    const ping = { ...between, protocol: "icmp", dstPort: 8, srcPort: 0 };
    assert.deepEqual(ask(ping, { ...ping, protocol: 58, dstPort: 128 }), {
      questions: [ping, { ...ping, protocol: 58, dstPort: 128 }],
      problems: [],
    });
    assert.deepEqual(ask({ ...ping, dstPort: 256 }, { ...between, protocol: 1, srcPort: 0 }).problems, [
      "queries[0].dstPort is 256: of ICMP it is the type, a whole number from 0 to 255",
      "queries[1].srcPort is 0: of ICMP it is the code, which says something only with the type: " +
        "give dstPort as well (echo request: 8, of IPv6 128)",
    ]);
  });
  it("doesn't overlook a misspelt field", () => {
    assert.deepEqual(ask({ from: "a", to: "b", protocol: "tcp", dstport: 443 }).problems, [
      "queries[0].dstport: there is no such field. Did you mean dstPort?",
    ]);
    assert.deepEqual(ask({ from: "a", to: "b", proto: "tcp" }).problems, [
      "queries[0].proto: there is no such field. Did you mean protocol?",
    ]);
  });
  it("refuses what is no question at all", () => {
    assert.equal(ask("a", null).problems.length, 2);
  });
});

describe("parseProtocolName", () => {
  it("takes every number of a byte, however it is written, and nothing beyond", () => {
    const named = new Map([
      [6, "tcp"],
      [17, "udp"],
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (number) => {
        const expected = number > 255 ? undefined : (named.get(number) ?? number);
        assert.equal(parseProtocolName(number), expected);
        assert.equal(parseProtocolName(String(number)), expected);
      }),
    );
    for (const wrong of ["", "-1", "6.5", "all"]) assert.equal(parseProtocolName(wrong), undefined);
  });
});
