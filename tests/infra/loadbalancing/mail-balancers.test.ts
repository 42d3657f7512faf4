import assert from "node:assert/strict";
import { MailBalancers } from "../../../infra/loadbalancing/mail-balancers";
import { BALANCER_ANSWERS } from "../answers";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";
import { READY, STUB_ANSWERS, vpcStub } from "../network/vpc-stub";

const SELF = "dejima:loadbalancing:MailBalancers main-mail";

describe("MailBalancers (M2, M10)", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await record({ ...BALANCER_ANSWERS, ...STUB_ANSWERS }, async () => {
      const balancers = new MailBalancers("main-mail", { vpc: vpcStub(), deletionProtection: true });
      assert.deepEqual(await Promise.all(balancers.relayTargets.map(resolved)), [
        "arn:aws:targets:main-mail",
        "arn:aws:targets:main-mail-465",
        "arn:aws:targets:main-mail-587",
        "arn:aws:targets:main-mail-internal-587",
      ]);
      assert.deepEqual(await Promise.all(balancers.mailboxTargets.map(resolved)), [
        "arn:aws:targets:main-mail-993",
        "arn:aws:targets:main-mail-995",
        "arn:aws:targets:main-mail-internal",
        "arn:aws:targets:main-mail-internal-993",
      ]);
    });
  });

  it("are one to the internet and one inside, with these ports", () => {
    const [outside, inside] = ["main-mail", "main-mail-internal"].map(
      (n) => `dejima:loadbalancing:NetworkBalancer ${n}`,
    );
    const further = (parent = "", name = "", ports: number[] = []) =>
      ["aws:lb/listener:Listener", "aws:lb/targetGroup:TargetGroup"].flatMap((type) =>
        ports.map((port) => `${type} ${name}-${port} < ${parent}`),
      );
    const expected = [
      ...further(outside, "main-mail", [465, 587, 993, 995]),
      ...further(inside, "main-mail-internal", [587, 993]),
      `awsx:lb:NetworkLoadBalancer main-mail < ${outside}`,
      `awsx:lb:NetworkLoadBalancer main-mail-internal < ${inside}`,
      `${outside} < ${SELF}`,
      `${inside} < ${SELF}`,
      READY,
      SELF,
    ];
    assert.deepEqual(lineage(resources).sort(), expected.sort());
  });

  it("keep a mailbox client on one server, and nobody else", () => {
    const sticky = resources.filter(({ inputs }) => "stickiness" in inputs).map(({ name }) => name);
    assert.deepEqual(sticky, ["main-mail-993", "main-mail-995", "main-mail-internal-993"]);
  });

  it("wait for the way in", () => {
    assert.ok(theOne(resources, "awsx:lb:NetworkLoadBalancer", "main-mail").dependencies.includes(READY));
  });

  it("are protected to the internet only: what is inside is made again under the same name", () => {
    const inputs = (name: string) => theOne(resources, "awsx:lb:NetworkLoadBalancer", name).inputs;
    assert.equal(inputs("main-mail")["enableDeletionProtection"], true);
    assert.equal(inputs("main-mail-internal")["enableDeletionProtection"], undefined);
    assert.deepEqual([inputs("main-mail")["internal"], inputs("main-mail-internal")["internal"]], [false, true]);
  });
});
