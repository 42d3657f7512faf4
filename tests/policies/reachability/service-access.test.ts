import assert from "node:assert/strict";
import { endsOf } from "../../../policies/reachability/ends";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { readNetwork } from "../../../policies/reachability/network";
import { toService } from "../../../policies/reachability/service-access";
import { Traffic } from "../../../policies/reachability/traffic";
import { hide } from "../hidden-values";
import { shopStack, type Change } from "../matrix-stack";

const https = Traffic.where({ protocol: IntervalSet.range(6, 6), ports: IntervalSet.range(443, 443) });

/** What a web server in the first of its subnets gets from S3: certainly, perhaps, or not. */
function answer(change: Change, hidden: readonly string[] = [], headers = https): string {
  const resources = shopStack(change)
    .resources(true)
    .map((each) => (each.type.includes("vpcEndpoint") ? hidden.reduce((sum, key) => hide(sum, [key]), each) : each));
  const network = readNetwork(resources);
  const party = network.parties.find(({ resource }) => resource.type.includes("autoscaling"));
  const endpoint = resources.find(({ type }) => type.includes("vpcEndpoint"));
  assert.ok(party !== undefined && endpoint !== undefined);
  const [end] = endsOf(network, party, "ipv4");
  assert.ok(end.kind === "party");
  const [site] = end.interfaces;
  assert.ok(site !== undefined);
  const { works } = toService(network, headers, site, endpoint);
  return works.may.isEmpty ? "no" : works.must.isEmpty ? "perhaps" : "yes";
}

const byList = { webEgress: [{ protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: ["pl-s3"] }] };
const replies = (from: number) => ({
  acl: [{ ruleNo: 100, action: "allow", protocol: "tcp", cidrBlock: "0.0.0.0/0", fromPort: from, toPort: 65535 }],
});

describe("a service behind a gateway endpoint", () => {
  it("is reached by the service's prefix list, and by any block that holds it", () => {
    assert.equal(answer(byList), "yes");
    assert.equal(answer({}), "yes");
    assert.equal(answer({ webEgress: [] }), "no");
    assert.equal(answer({ webEgress: [{ ...byList.webEgress[0], prefixListIds: ["pl-other"] }] }), "perhaps");
    assert.equal(
      answer({ webEgress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }] }),
      "no",
    );
  });

  it("is reached only where the route table has the endpoint", () => {
    assert.equal(answer({ ...byList, s3: "none" }), "no");
    assert.equal(answer(byList, ["routeTableIds"]), "perhaps");
  });

  it("answers past the network ACL", () => {
    assert.equal(answer({ ...byList, ...replies(1024) }), "yes");
    assert.equal(answer({ ...byList, acl: [] }), "no");
  });

  it("takes TCP alone", () => {
    const everything = { webEgress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] };
    assert.equal(answer(everything, [], Traffic.where({ protocol: IntervalSet.range(17, 17) })), "no");
    assert.equal(answer(everything), "yes");
  });

  it("is left open while the endpoint's list isn't known to be the one that a rule names", () => {
    assert.notEqual(answer(byList, ["prefixListId"]), "no");
  });
});
