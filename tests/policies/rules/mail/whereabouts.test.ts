import assert from "node:assert/strict";
import { Links } from "../../../../policies/reachability/links";
import { type Resource, UNKNOWN } from "../../../../policies/reachability/resources";
import { arnText } from "../../../../policies/rules/mail/arns";
import { Whereabouts } from "../../../../policies/rules/mail/whereabouts";

const TOKYO = "ap-northeast-1";
const ACCOUNT = "111122223333";

/** A resource of the first preview: `given` by the program, nothing known besides. */
function resource(type: string, name: string, given: Resource["props"], provider = "ours", region = TOKYO): Resource {
  return {
    ...{ type, name, urn: `${type}::${name}`, provider: { urn: provider, region } },
    props: { id: UNKNOWN, arn: UNKNOWN, ...given },
    propertyDependencies: Object.fromEntries(Object.keys(given).map((key) => [key, []])),
  };
}

const topic = (name: string, ...more: [provider?: string, region?: string]) =>
  resource("aws:sns/topic:Topic", name, { name }, ...more);

function policyOf(of: Resource, account: string, named = of.name): Resource {
  const text = JSON.stringify({ Statement: [{ Resource: `arn:aws:sns:${TOKYO}:${account}:${named}` }] });
  const made = resource("aws:sns/topicPolicy:TopicPolicy", of.name, { arn: UNKNOWN, policy: text });
  return { ...made, propertyDependencies: { arn: [of.urn], policy: [] } };
}

const among = (...resources: readonly Resource[]) => new Whereabouts(new Links(resources), resources);
const deployed = (type: string, account: string, provider?: string): Resource => {
  const made = resource(type, "there", { description: "there" }, provider);
  return { ...made, props: { ...made.props, arn: `arn:aws:x:${TOKYO}:${account}:there` } };
};

describe("where a resource is", () => {
  const mail = topic("mail");
  const role = "aws:iam/role:Role";

  it("isn't known while nothing tells the account", () => {
    assert.equal(arnText(among(mail).arnOf(mail)), `arn:aws:sns:${TOKYO}:?:mail`);
  });

  it("is told by another resource of the same provider that has an ARN", () => {
    assert.equal(among(mail, deployed(role, ACCOUNT)).account(mail), ACCOUNT);
    assert.equal(among(mail, deployed(role, ACCOUNT, "theirs")).account(mail), undefined);
  });

  it("is told by the policy of a topic, which names the topic itself, to all of its provider", () => {
    const other = topic("other");
    assert.equal(arnText(among(mail, policyOf(mail, ACCOUNT)).arnOf(mail)), `arn:aws:sns:${TOKYO}:${ACCOUNT}:mail`);
    assert.equal(among(mail, other, policyOf(mail, ACCOUNT)).account(other), ACCOUNT);
    assert.equal(among(mail, policyOf(mail, ACCOUNT, "elsewhere")).account(mail), undefined);
  });

  it("isn't known where what is told disagrees; an ARN goes before what policies say", () => {
    const other = topic("other");
    assert.equal(among(mail, other, policyOf(mail, ACCOUNT), policyOf(other, "999999999999")).account(mail), undefined);
    assert.equal(among(mail, policyOf(mail, "999999999999"), deployed(role, ACCOUNT)).account(mail), ACCOUNT);
  });

  it("isn't told by an ARN that a program gave, such as that of a topic policy", () => {
    const foreign = resource("aws:sns/topicPolicy:TopicPolicy", "p", { arn: `arn:aws:sns:${TOKYO}:999999999999:t` });
    assert.equal(among(mail, foreign).account(mail), undefined);
    assert.equal(among(mail, { ...foreign, propertyDependencies: {} }).account(mail), undefined);
  });

  it("is the Region that the resource has, else that of its provider", () => {
    const far = resource("aws:sns/topic:Topic", "far", { name: "far", region: "eu-west-1" });
    assert.equal(among(far).region(far), "eu-west-1");
    assert.equal(among(mail).region(mail), TOKYO);
    assert.equal(among(mail, far).sameRegion(mail, far), "no");
  });

  it("is the same Region for two of one provider, whichever that is", () => {
    const without = (name: string, provider: string): Resource => ({
      ...topic(name),
      provider: { urn: provider, region: undefined },
    });
    const [a, b, c] = [without("a", "ours"), without("b", "ours"), without("c", "theirs")];
    assert.equal(among(a, b, c).sameRegion(a, b), "yes");
    assert.equal(among(a, b, c).sameRegion(a, c), "perhaps");
  });

  it("is in the partition of its Region", () => {
    const china = topic("mail", "ours", "cn-north-1");
    assert.equal(among(china).arnOf(china).partition, "aws-cn");
  });
});
