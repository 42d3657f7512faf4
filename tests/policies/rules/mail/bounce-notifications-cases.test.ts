import assert from "node:assert/strict";
import type { Resource, Value } from "../../../../policies/reachability/resources";
import { bounceNotifications } from "../../../../policies/rules/mail/bounce-notifications";
import { report } from "../../../../policies/verdict";
import { hide } from "../../hidden-values";
import { ACCOUNT, mailStack, REGION } from "../../mail-stack";
import { findingsOf, jsonOf, NotApplicable, Stack, violations } from "../../stack";

const FEEDBACK = "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes";

function kinds(resources: readonly Resource[]): string[] {
  return findingsOf(bounceNotifications, resources).map(({ verdict }) => verdict.kind);
}

function messages(resources: readonly Resource[]): string[] {
  return findingsOf(bounceNotifications, resources).flatMap(({ verdict }) => report(verdict) ?? []);
}

describe("bounce-notifications, its messages and its edges (M9)", () => {
  it("shows the whole way, the broken link and the fix", () => {
    const fault = "topic-policy-for-another-account";
    const stack = mailStack({ api: "v2", policies: "written", fault });
    const arn = `arn:aws:sns:${REGION}:${ACCOUNT}:mail-bounce`;
    assert.deepEqual(messages(stack.resources(true)), [
      `bounces of SES identity example.com → configuration set mail → event destination "bounce" → topic ${arn}: ` +
        'topic policy "bounce" doesn\'t admit ses.amazonaws.com: ' +
        'statement "Admit" asks for StringEquals aws:SourceAccount 999999999999, but it is 111122223333\n' +
        'Fix: allow sns:Publish in topic policy "bounce" to { Service: "ses.amazonaws.com" } with the conditions ' +
        "aws:SourceAccount 111122223333 and " +
        `aws:SourceArn arn:aws:ses:${REGION}:${ACCOUNT}:configuration-set/mail.`,
    ]);
  });

  describe("a first preview in which the policies' texts aren't known", () => {
    const resources = mailStack({ api: "v2", policies: "made", fault: "none" }).resources(false);

    it("is undetermined, names each text and says how to have it known", async () => {
      const [bounces = "", complaints = ""] = await violations(bounceNotifications, resources);
      assert.match(bounces, /^undetermined: it can't be told whether bounces of example\.com are heard/);
      assert.match(bounces, /what topic policy "bounce" says, as it is made from values that aren't there before/);
      assert.match(bounces, /nor what queue policy "bounce" says/);
      assert.match(bounces, /ARNs made of them/);
      assert.match(complaints, /what topic policy "complaint" says/);
    });

    it("still sees what is certainly broken", () => {
      for (const fault of [
        "no-subscription",
        "disabled-destination",
        "fifo-topic",
        "aws-managed-key",
        "key-without-ses",
      ]) {
        const [bounces] = kinds(mailStack({ api: "v2", policies: "made", fault }).resources(false));
        assert.equal(bounces, "violated", fault);
      }
    });

    const warned = async (onUndetermined: string, fault: string, deployed: boolean) => {
      const { warn } = console;
      const heard: string[] = [];
      console.warn = (message: unknown) => heard.push(String(message));
      try {
        const shown = mailStack({ api: "v2", policies: "made", fault }).resources(deployed);
        return { failed: await violations(bounceNotifications, shown, { onUndetermined }), heard };
      } finally {
        console.warn = warn;
      }
    };

    it('is put off to the end of the deployment by `onUndetermined: "defer"`, where everything is known', async () => {
      const preview = await warned("defer", "queue-policy-without-condition", false);
      assert.deepEqual(preview.failed, []);
      assert.equal(preview.heard.length, 1);
      assert.match(preview.heard[0] ?? "", /2 findings are undetermined/);
      const end = await warned("defer", "queue-policy-without-condition", true);
      assert.equal(end.failed.length, 1);
      assert.deepEqual(end.heard, []);
    });

    it("doesn't put off what the deployment won't tell either", async () => {
      for (const fault of ["foreign-topic", "foreign-queue", "topic-policy-for-an-organisation"]) {
        const { failed } = await warned("defer", fault, true);
        assert.equal(failed.length, 1, fault);
      }
    });

    it('passes with a warning by `onUndetermined: "warn"`', async () => {
      const { failed, heard } = await warned("warn", "foreign-topic", true);
      assert.deepEqual(failed, []);
      assert.match(heard[0] ?? "", /theirs, which isn't in this stack/);
    });
  });

  describe("feedback forwarding", () => {
    const withFeedback = (fault: string, identity: string, emailForwardingEnabled?: boolean) => {
      const stack = mailStack({ api: "v2", policies: "written", fault });
      stack.add(FEEDBACK, "mail", {
        ...{ region: REGION, emailIdentity: identity },
        ...(emailForwardingEnabled === undefined ? {} : { emailForwardingEnabled }),
      });
      return stack.resources(true);
    };

    it("may be off where the chain stands", () => {
      assert.deepEqual(kinds(withFeedback("none", "example.com", false)), ["proved", "proved"]);
    });

    it("makes a broken chain worse while it is off, which it is unless said otherwise", () => {
      for (const state of [false, undefined]) {
        const [message = ""] = messages(withFeedback("no-subscription", "example.com", state));
        assert.match(message, /feedback forwarding is off too, so that nobody would hear of a bounce/);
        assert.match(message, /Until then, set `emailForwardingEnabled: true`/);
      }
    });

    it("doesn't excuse a broken chain while it is on", () => {
      const [message = ""] = messages(withFeedback("no-subscription", "example.com", true));
      assert.match(message, /nothing is subscribed/);
      assert.doesNotMatch(message, /forwarding/);
    });

    it("that is turned off for an identity outside the stack leaves open whether anybody hears", () => {
      const [own, , bounces, complaints] = findingsOf(bounceNotifications, withFeedback("none", "example.org", false));
      assert.equal(own?.verdict.kind, "proved");
      assert.match(bounces === undefined ? "" : (report(bounces.verdict) ?? ""), /what SES tells of example\.org/);
      assert.equal(complaints?.verdict.kind, "undetermined");
      assert.equal(findingsOf(bounceNotifications, withFeedback("none", "example.org", true)).length, 2);
    });
  });

  it("judges each identity by itself", () => {
    const stack = mailStack({ api: "v1-topics", policies: "written", fault: "none" });
    stack.add("aws:ses/emailIdentity:EmailIdentity", "address", { region: REGION, email: "news@example.com" });
    for (const deployed of [true, false]) {
      assert.deepEqual(kinds(stack.resources(deployed)).sort(), ["proved", "proved", "violated", "violated"]);
    }
  });

  it("takes what one API declares of an identity for the other's too", () => {
    const stack = mailStack({ api: "v2", policies: "written", fault: "none" });
    stack.add("aws:ses/domainIdentity:DomainIdentity", "twin", { region: REGION, domain: "example.com" });
    assert.deepEqual(kinds(stack.resources(false)), ["proved", "proved", "proved", "proved"]);
  });

  it("doesn't take an identity of the same name in another Region for the same", () => {
    const stack = mailStack({ api: "v2", policies: "written", fault: "none" });
    stack.add("aws:ses/domainIdentity:DomainIdentity", "far", { region: "eu-west-1", domain: "example.com" });
    assert.deepEqual(kinds(stack.resources(true)).sort(), ["proved", "proved", "violated", "violated"]);
  });

  describe("accounts", () => {
    const theirs = "urn:pulumi:test::stack::pulumi:providers:aws::theirs";
    /** The topic of bounces, and all that refers to it, but not what its policy says, is of another account. */
    const across = (account: string) => {
      const move = (value: Value): Value => {
        if (typeof value === "string") return value === own ? own.replace(ACCOUNT, account) : value;
        if (Array.isArray(value)) return value.map(move);
        if (value === null || typeof value !== "object") return value;
        return Object.fromEntries(Object.entries(value).map(([key, each]: [string, Value]) => [key, move(each)]));
      };
      const own = `arn:aws:sns:${REGION}:${ACCOUNT}:mail-bounce`;
      const stack = mailStack({ api: "v2", policies: "written", fault: "none" });
      return stack.resources(true).map((each): Resource => {
        const isTopic = each.type === "aws:sns/topic:Topic" && each.name === "bounce";
        const props = move(each.props) as Resource["props"];
        return isTopic ? { ...each, props, provider: { urn: theirs, region: REGION } } : { ...each, props };
      });
    };

    it("of a topic that isn't the policy's: the policy is about another topic", () => {
      const [message = ""] = messages(across("999999999999"));
      assert.match(message, /"Admit" is about arn:aws:sns:ap-northeast-1:111122223333:mail-bounce/);
    });

    it("that nothing tells leave open whom the conditions admit", () => {
      const stack = new Stack();
      stack.add("aws:sesv2/emailIdentity:EmailIdentity", "mail", {
        ...{ region: REGION, emailIdentity: "example.com", configurationSetName: "mail" },
      });
      const topic = stack.add("aws:sns/topic:Topic", "mail", { region: REGION, name: "mail" }, { arn: "" });
      const policy = jsonOf({
        Statement: {
          ...{ Effect: "Allow", Principal: { Service: "ses.amazonaws.com" }, Action: "sns:Publish", Resource: "*" },
          Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
        },
      });
      stack.add("aws:sns/topicPolicy:TopicPolicy", "mail", { region: REGION, arn: topic.of("arn"), policy });
      stack.add("aws:sns/topicSubscription:TopicSubscription", "mail", {
        ...{ region: REGION, topic: topic.of("arn"), protocol: "sqs", endpoint: `arn:aws:sqs:${REGION}:${ACCOUNT}:q` },
      });
      stack.add("aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination", "mail", {
        ...{ region: REGION, configurationSetName: "mail", eventDestinationName: "mail" },
        eventDestination: {
          ...{ enabled: true, matchingEventTypes: ["BOUNCE", "COMPLAINT"] },
          snsDestination: { topicArn: topic.of("arn") },
        },
      });
      const [message = ""] = messages(stack.resources(false));
      assert.match(
        message,
        /whether topic policy "mail" admits .*asks for StringEquals aws:SourceAccount 111122223333/,
      );
    });
  });

  it("takes values that a provider's preview left out, or turned unknown as a whole, for what they were made from", () => {
    const resources = mailStack({ api: "v2", policies: "written", fault: "none" })
      .resources(false)
      .map((each) => ("topicArn" in each.props ? hide(each, ["topicArn"]) : each));
    assert.deepEqual(kinds(resources), ["proved", "proved"]);
    const whole = resources.map((each) => ("eventDestination" in each.props ? hide(each, ["eventDestination"]) : each));
    const [message = ""] = messages(whole);
    assert.match(message, /it isn't known whether event destination "bounce" is enabled/);
  });

  it("says nothing of a stack without an identity", async () => {
    const stack = new Stack();
    stack.add("aws:sns/topic:Topic", "alone", { name: "alone" });
    await assert.rejects(violations(bounceNotifications, stack.resources(true)), NotApplicable);
  });
});
