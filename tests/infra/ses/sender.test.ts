import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Sender, type SenderArgs } from "../../../infra/ses/sender";
import { lineage, record, resolved, theOne, type Answers, type Recorded } from "../mocks";

const SELF = "dejima:ses:Sender main";
const EVENTS = ["bounce", "complaint", "delivery", "reject"];

const ANSWERS: Answers = {
  "aws:sesv2/configurationSet:ConfigurationSet": () => ({ arn: "arn:configuration-set" }),
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination": () => ({}),
  "aws:sesv2/emailIdentity:EmailIdentity": () => ({
    arn: "arn:identity",
    dkimSigningAttributes: { tokens: ["one", "two", "three"] },
  }),
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes": () => ({}),
  "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes": () => ({}),
};

function args(more: Partial<SenderArgs>): SenderArgs {
  const topic = (event: string) => pulumi.output(`arn:topic:${event}`);
  return {
    identity: "example.com",
    mailFrom: "bounce.example.com",
    configurationSetName: "dejima-test",
    topicArns: {
      bounce: topic("bounce"),
      complaint: topic("complaint"),
      delivery: topic("delivery"),
      reject: topic("reject"),
    },
    ...more,
  };
}

describe("Sender (M6)", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await record(ANSWERS, async () => {
      const sender = new Sender("main", args({}));
      assert.equal(await resolved(sender.identityArn), "arn:identity");
      assert.equal(await resolved(sender.configurationSetArn), "arn:configuration-set");
      assert.deepEqual(await resolved(sender.dkimTokens), ["one", "two", "three"]);
    });
  });

  it("is an identity, its configuration set, and a destination for each kind of event", () => {
    assert.deepEqual(lineage(resources), [
      `aws:sesv2/configurationSet:ConfigurationSet main < ${SELF}`,
      ...EVENTS.map(
        (event) =>
          `aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination main-${event} < ${SELF}`,
      ),
      `aws:sesv2/emailIdentity:EmailIdentity main < ${SELF}`,
      `aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes main < ${SELF}`,
      `aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes main < ${SELF}`,
      SELF,
    ]);
  });

  it("sends over TLS or not at all, counts for the reputation, and suppresses who bounced or complained", () => {
    const { inputs, ignoreChanges } = theOne(resources, "aws:sesv2/configurationSet:ConfigurationSet");
    assert.deepEqual(inputs, {
      configurationSetName: "dejima-test",
      deliveryOptions: { tlsPolicy: "REQUIRE" },
      reputationOptions: { reputationMetricsEnabled: true },
      sendingOptions: { sendingEnabled: true },
      suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
      tags: { Name: "main" },
    });
    assert.deepEqual(ignoreChanges, ["sendingOptions"]);
  });

  it("tells of every event on a topic of its own, before anything can be sent (M9)", () => {
    const type = "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination";
    for (const event of EVENTS) {
      assert.deepEqual(theOne(resources, type, `main-${event}`).inputs["eventDestination"], {
        enabled: true,
        matchingEventTypes: [event.toUpperCase()],
        snsDestination: { topicArn: `arn:topic:${event}` },
      });
    }
    const identity = theOne(resources, "aws:sesv2/emailIdentity:EmailIdentity");
    for (const event of EVENTS) assert.ok(identity.dependencies.includes(`${type} main-${event}`), event);
    assert.equal(identity.inputs["configurationSetName"], "dejima-test");
  });

  it("signs with 2,048 bits and has a MAIL FROM domain of its own", () => {
    assert.deepEqual(theOne(resources, "aws:sesv2/emailIdentity:EmailIdentity").inputs["dkimSigningAttributes"], {
      nextSigningKeyLength: "RSA_2048_BIT",
    });
    const type = "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes";
    assert.deepEqual(theOne(resources, type).inputs, {
      emailIdentity: "example.com",
      mailFromDomain: "bounce.example.com",
      behaviorOnMxFailure: "USE_DEFAULT_VALUE",
    });
  });

  it("of an address has neither, but its events are told all the same", async () => {
    const made = await record(ANSWERS, async () => {
      const sender = new Sender("main", args({ identity: "me@example.com", mailFrom: undefined }));
      assert.deepEqual(await resolved(sender.dkimTokens), []);
    });
    assert.equal(made.filter(({ type }) => type.endsWith("MailFromAttributes")).length, 0);
    const { inputs } = theOne(made, "aws:sesv2/emailIdentity:EmailIdentity");
    assert.deepEqual(inputs, {
      emailIdentity: "me@example.com",
      configurationSetName: "dejima-test",
      tags: { Name: "main" },
    });
  });
});
