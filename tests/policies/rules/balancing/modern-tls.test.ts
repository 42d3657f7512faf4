import assert from "node:assert/strict";
import { modernTls, oldestVersion } from "../../../../policies/rules/balancing/modern-tls";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

const listener =
  (inputs: Record<string, Input>, type = "aws:lb/listener:Listener") =>
  () => {
    const stack = new Stack();
    const balancer = stack.add("aws:lb/loadBalancer:LoadBalancer", "web", {}, { arn: "arn:lb" });
    stack.add(type, "web", { loadBalancerArn: balancer.of("arn"), port: 443, ...inputs });
    return stack;
  };
const https = (sslPolicy: string) => ({ protocol: "HTTPS", sslPolicy });

describe("modern-tls", () => {
  describePlanted(modernTls, {
    "HTTPS from 1.2": { stack: listener(https("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09")), answer: "proved" },
    "TLS from 1.2": {
      stack: listener({ protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS-1-2-2017-01" }),
      answer: "proved",
    },
    "the old name of the type": {
      stack: listener(https("ELBSecurityPolicy-2016-08"), "aws:alb/listener:Listener"),
      answer: "violated",
    },
    "HTTPS from 1.0": {
      stack: listener(https("ELBSecurityPolicy-TLS13-1-0-2021-06")),
      answer: "violated",
      words:
        /accepts TLS older than 1\.2: its sslPolicy "ELBSecurityPolicy-TLS13-1-0-2021-06" accepts 1\.0\nFix: set sslPolicy/,
    },
    "HTTPS without a policy": {
      stack: listener({ protocol: "HTTPS" }),
      answer: "violated",
      words: /sslPolicy isn't set, which means ELBSecurityPolicy-2016-08/,
    },
    "a certificate without protocol and policy": {
      stack: listener({ certificateArn: "arn:aws:acm:x" }),
      answer: "violated",
    },
    "a policy of another form": { stack: listener(https("TeamPolicy")), answer: "undetermined", words: /"TeamPolicy"/ },
    "1.2 where 1.3 is wanted": {
      stack: listener(https("ELBSecurityPolicy-TLS13-1-2-2021-06")),
      answer: "violated",
      config: { minimumVersion: "1.3" },
      words: /set sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06"/,
    },
    "1.3 where 1.3 is wanted": {
      stack: listener(https("ELBSecurityPolicy-TLS13-1-3-2021-06")),
      answer: "proved",
      config: { minimumVersion: "1.3" },
    },
    "a listener that passes TCP on": { stack: listener({ protocol: "TCP" }), answer: "notApplicable" },
    "plain HTTP": { stack: listener({ protocol: "HTTP" }), answer: "notApplicable" },
  });

  const versions: Record<string, number | undefined> = {
    "ELBSecurityPolicy-TLS13-1-3-2021-06": 3,
    "ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09": 2,
    "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06": 2,
    "ELBSecurityPolicy-TLS13-1-1-2021-06": 1,
    "ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04": 0,
    "ELBSecurityPolicy-TLS-1-2-Ext-2018-06": 2,
    "ELBSecurityPolicy-TLS-1-1-2017-01": 1,
    "ELBSecurityPolicy-FS-1-2-Res-2020-10": 2,
    "ELBSecurityPolicy-FS-1-1-2019-08": 1,
    "ELBSecurityPolicy-FS-2018-06": 0,
    "ELBSecurityPolicy-2015-05": 0,
    "ELBSecurityPolicy-2016-08": 0,
    "ELBSecurityPolicy-Other": undefined,
  };
  for (const [policy, minor] of Object.entries(versions)) {
    it(`takes ${policy} to begin with ${minor === undefined ? "what isn't known" : `1.${minor}`}`, () => {
      assert.equal(oldestVersion(policy), minor);
    });
  }
});
