import assert from "node:assert/strict";
import { communicationsImplemented } from "../../../../policies/rules/network/communications-implemented";
import { report } from "../../../../policies/verdict";
import { hide } from "../../hidden-values";
import { type Change, shopRows, shopStack } from "../../matrix-stack";
import { findingsOf, Stack } from "../../stack";
import { type Answer, answerOf, describePlanted } from "../planted";

const said = (change: Change, config: object = {}) =>
  findingsOf(communicationsImplemented, shopStack(change).resources(true), config)
    .flatMap(({ verdict }) => report(verdict) ?? [])
    .join("\n");

const anywhere = "0.0.0.0/0";
const tcp = (port: number, more: object) => ({ protocol: "tcp", fromPort: port, toPort: port, ...more });

describe("communications-implemented (M4)", () => {
  describePlanted(communicationsImplemented, {
    "as declared": { stack: shopStack, answer: "proved" },
    "no matrix": { stack: () => new Stack(), answer: "notApplicable" },
  });

  const cases: Record<string, readonly [Change, Answer, RegExp]> = {
    "a port closed at the database": [
      { databaseIngress: [] },
      "violated",
      /row web → database, tcp\/5432 doesn't work:\n.*no rule of security group .* lets it into/,
    ],
    "no way out": [{ nat: "none" }, "violated", /web → internet, tcp\/443.*\n.*has no route to the internet/],
    "no rule for S3": [
      { webEgress: [tcp(5432, { cidrBlocks: ["10.0.20.0/23"] })] },
      "violated",
      /web → s3, tcp\/443.*\n.*no rule of security group/,
    ],
    "no endpoint in the tables": [
      { s3: "none" },
      "violated",
      /route table of subnet 10\.0\.10\.0\/24 doesn't have gateway/,
    ],
    "no listener on the port": [{ listener: { port: 444 } }, "violated", /internet → web via front, tcp\/443/],
    "an internal load balancer": [{ balancer: { internal: true } }, "violated", /internet → web via front/],
    "targets of another port": [
      { targets: { port: 9443 } },
      "violated",
      /internet → web via front, tcp\/443.*\n.*no rule of security group securitygroup-front lets it out/,
    ],
    "replies stopped by the network ACL": [
      {
        acl: [{ ruleNo: 100, action: "allow", protocol: "tcp", cidrBlock: anywhere, fromPort: 8443, toPort: 8443 }],
      },
      "violated",
      /web → internet.*\n.*the reply is stopped: network ACL/,
    ],
    "replies stopped to some of a client's ports": [
      {
        acl: [
          { ruleNo: 100, action: "allow", protocol: "tcp", cidrBlock: anywhere, fromPort: 8443, toPort: 8443 },
          { ruleNo: 110, action: "allow", protocol: "tcp", cidrBlock: anywhere, fromPort: 40000, toPort: 65535 },
        ],
      },
      "violated",
      /web → database.*\n.*the reply is stopped: network ACL/,
    ],
    "closed to a part of the internet": [
      {
        acl: [
          { ruleNo: 90, action: "deny", protocol: "tcp", cidrBlock: "93.0.0.0/8", fromPort: 0, toPort: 65535 },
          { ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: anywhere, fromPort: 0, toPort: 0 },
        ],
      },
      "violated",
      /internet → web via front, tcp\/443 doesn't work:/,
    ],
    "closed to one zone": [
      {
        databaseIngress: [tcp(5432, { cidrBlocks: ["10.0.10.0/24"] })],
      },
      "violated",
      /web → database, tcp\/5432 doesn't work:/,
    ],
    "nobody of that name": [
      { rows: [...shopRows, { from: "web", to: "cache", protocol: "tcp", ports: [6379] }] },
      "violated",
      /the stack has nobody named cache\nFix: give whoever that is the tag Role/,
    ],
    "a load balancer of no name": [{ balancer: { tags: {} } }, "violated", /nobody named front/],
    "one load balancer too many": [
      { rows: [{ from: "web", to: "database", via: "front", protocol: "tcp", ports: [5432] }] },
      "violated",
      /web → database via front, tcp\/5432/,
    ],
    "a matrix that can't be read": [
      { more: { rows: [] } },
      "violated",
      /can't be read:\ncommunications\.rows: a matrix without/,
    ],
  };
  for (const [name, [change, answer, words]] of Object.entries(cases)) {
    it(`${name}: ${answer}`, () => {
      assert.equal(answerOf(communicationsImplemented, shopStack(change).resources(true)), answer, said(change));
      assert.match(said(change), words);
    });
  }

  it("takes the matrix from its configuration before the stack's own, and parties without a tag from there", () => {
    const untagged: Change = { database: { tags: {} } };
    assert.match(said(untagged), /nobody named database/);
    const rows = [{ from: "web", to: "store", protocol: "tcp", ports: [5432] }];
    assert.equal(said(untagged, { communications: { rows, parties: { store: ["*::aws:rds/*"] } } }), "");
    assert.match(said({}, { communications: { rows: [{ ...rows[0], to: "database", ports: [5433] }] } }), /tcp\/5433/);
  });

  it("asks of an outsider's addresses each one", () => {
    const office = (block: string): Change => ({
      rows: [{ from: "office", to: "web", protocol: "tcp", ports: [443], via: "front" }],
      more: { outsiders: { office: [block] } },
    });
    assert.equal(said(office("198.51.100.0/24")), "");
    assert.equal(said(office("93.184.216.0/24")), "");
    const front = {
      acl: [{ ruleNo: 9, action: "allow", protocol: "tcp", cidrBlock: "93.184.216.0/25", fromPort: 0, toPort: 65535 }],
    };
    assert.match(said({ ...office("93.184.216.0/24"), ...front }), /office → web via front, tcp\/443 doesn't work/);
  });

  it("leaves open whose role isn't known, and tells what the deployment will", () => {
    const hidden = (deployed: boolean) =>
      shopStack()
        .resources(deployed)
        .map((each) => (each.type.startsWith("aws:rds/inst") ? hide(each, ["tags"]) : each));
    const open = (deployed: boolean) =>
      findingsOf(communicationsImplemented, hidden(deployed)).filter(({ verdict }) => verdict.kind === "undetermined");
    assert.match(report(open(true)[0]?.verdict ?? { kind: "proved" }) ?? "", /which party of the matrix .*data.* is/);
    assert.deepEqual(
      [open(true), open(false)].map((each) => each.map(({ isPending }) => isPending === true)),
      [
        [false, false, false, false],
        [true, true, true, true],
      ],
    );
  });
});
