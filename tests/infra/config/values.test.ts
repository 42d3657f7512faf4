import assert from "node:assert/strict";
import { allowedHost, instanceType, mailAddress, operatorBlock, privateBlock } from "../../../infra/config/values";

function table(check: (text: string) => boolean, accepted: string[], refused: string[]): void {
  for (const text of accepted) {
    it(`accepts ${text}`, () => {
      assert.equal(check(text), true);
    });
  }
  for (const text of refused) {
    it(`refuses "${text}"`, () => {
      assert.equal(check(text), false);
    });
  }
}

describe("a host that the proxy may reach (M5)", () => {
  table(
    allowedHost,
    [".debian.org", "deb.debian.org", "xn--bcher-kva.example"],
    // The proxy mustn't become a way to metadata, to names inside of the network, or past the check of names.
    [
      "169.254.169.254",
      "debian",
      ".org",
      "x.internal",
      ".eu-west-1.compute.internal",
      "printer.local",
      "a..b",
      "*.debian.org",
      "a b.org",
      "",
      "10.0.0.1",
      "2130706433",
      `${"a".repeat(64)}.org`,
    ],
  );
});

describe("a block of operators (M12)", () => {
  table(
    operatorBlock,
    ["198.51.100.7/32", "203.0.113.0/24", "198.51.0.0/16"],
    ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "198.51.100.7", "198.51.100.7/24", "::/0", "198.51.0.0/15"],
  );
});

describe("the block of a VPC", () => {
  table(
    (text) => privateBlock(text, { largest: 16, smallest: 21 }),
    ["10.0.0.0/16", "172.31.0.0/16", "192.168.0.0/21", "100.64.0.0/16"],
    ["10.0.0.0/15", "10.0.0.0/22", "11.0.0.0/16", "172.32.0.0/16", "10.0.1.0/16", "10.0.0.0"],
  );
});

describe("an instance type", () => {
  table(
    (text) => instanceType.test(text),
    ["t4g.small", "m7i-flex.large", "c7gn.16xlarge"],
    ["t4g", "small", "t4g.small; rm", ""],
  );
});

describe("a mail address", () => {
  table(
    mailAddress,
    ["me@example.com", "first.last+tag@mail.example.co.jp"],
    [
      "example.com",
      "me@",
      "@example.com",
      "a@b@example.com",
      ".me@example.com",
      "me@localhost",
      `${"a".repeat(65)}@a.org`,
    ],
  );
});
