import assert from "node:assert/strict";

import type { Props } from "../../../offline/model";
import { isRecord } from "../../../offline/provider/wire";
import { Account } from "../models/account";
import { CONSTANTS, type Declared } from "./acceptance/configuration";
import { NOTIFICATIONS } from "./acceptance/notifications";
import { SES } from "./acceptance/ses";
import { recordings } from "./ground-truth";

/** What one acceptance test of the Terraform provider asserts after one configuration. */
interface Asserted {
  tfType: string;
  test: string;
  config: string;
  attrs: Record<string, string>;
}

const CONFIGS = { ...SES, ...NOTIFICATIONS };
const ACCOUNT = "123456789012";

/** `string(types.X)`, `strconv.Itoa(x)`, `strconv.Quote(x)`, `x.String()` say what `x` says; quotes are Go's. */
function value(go: string): unknown {
  const inner =
    /^(?:string|strconv\.\w+)\((.*?)\)?$/.exec(go)?.[1] ?? /^(.*?)\.Strin?g?(?:\(\)?)?$/.exec(go)?.[1] ?? go;
  if (inner in CONSTANTS) return CONSTANTS[inner];
  if (inner === "true" || inner === "false") return inner === "true";
  return inner.replace(/^"|"$/g, "");
}

function parsedConfig({ config, test }: Asserted): { name: string; args: unknown[] } {
  const [, name = "", list = ""] = /^testAcc\w+?Config_(?:resource)?(\w+)(?:\((.*)\)?)?$/.exec(config) ?? [];
  const args = list
    .replace(/\)$/, (end) => (list.split("(").length === list.split(")").length ? end : ""))
    .split(", ")
    .map(value);
  // The same configuration makes identities of both kinds.
  if (test.endsWith("emailAddress") || args[0] === "email") args[0] = "person@acc.example";
  return { name, args };
}

const camel = (snake: string): string => snake.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const RENAMED: Record<string, string> = { topicArn: "topic", functionName: "function" };

/** A property under Pulumi's name: lists are in the plural there, lists of one are objects. */
function member(holder: unknown, name: string): unknown {
  if (Array.isArray(holder)) return (holder as unknown[])[Number(name)];
  if (!isRecord(holder)) return undefined;
  if (name === "0") return holder;
  const key = camel(name);
  return [key, `${key}s`, `${key.replace(/y$/, "ie")}s`, RENAMED[key] ?? key]
    .map((one) => holder[one])
    .find((one) => one !== undefined);
}

function count(holder: unknown): number {
  if (Array.isArray(holder)) return holder.length;
  return isRecord(holder) ? 1 : 0;
}

function actual(outputs: Props, path: string): unknown {
  const steps = path.split(".");
  const last = steps.at(-1);
  const inMap = steps[0] === "tags" && steps.length > 1 && last !== "%";
  if (inMap) return (outputs["tags"] as Props | undefined)?.[steps.slice(1).join(".")];
  const holder = (last === "#" || last === "%" ? steps.slice(0, -1) : steps).reduce<unknown>(member, outputs);
  if (last === "#") return count(holder);
  if (last === "%") return isRecord(holder) ? Object.keys(holder).length : 0;
  return holder;
}

type Referred = (address: string, attribute: string) => unknown;

/** ARNs of things that only their ARN stands for here. */
const ELSEWHERE: Record<string, (name: string) => string> = {
  aws_iam_role: (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
  aws_kinesis_firehose_delivery_stream: (name) => `arn:aws:firehose:us-east-1:${ACCOUNT}:deliverystream/${name}`,
  aws_pinpoint_app: (name) => `arn:aws:mobiletargeting:us-east-1:${ACCOUNT}:apps/${name}`,
};

function verify(path: string, expected: string, found: unknown, referred: Referred, own: Props): void {
  const what = `${path}: ${JSON.stringify(found)} is not ${expected}`;
  const arn = /^(?:Match|Check)ResourceAttrRegionalARN\("(\w+)"/.exec(expected)?.[1];
  const reference = /^ref:(\w+)\.(\w+)\.(\w+)$/.exec(expected);
  if (expected === "<set>") assert.ok(found !== undefined && found !== "" && found !== null, what);
  else if (expected === "CheckResourceAttrAccountID()") assert.equal(found, ACCOUNT);
  else if (expected === "CheckResourceAttrRFC3339()") assert.match(String(found), /^\d{4}-\d\d-\d\dT[\d:]{8}Z$/, what);
  else if (arn !== undefined) {
    assert.ok(String(found).startsWith(`arn:aws:${arn}:us-east-1:${ACCOUNT}:`), what);
    if (expected.includes("identity/")) assert.match(String(found), /:identity\/[^.@]+[.@].*[^.]$/, what);
    if (expected.includes("configuration-set/")) assert.match(String(found), /:configuration-set\/[\w-]+/, what);
    if (expected.includes("event-destination/"))
      assert.equal(
        found,
        `arn:aws:ses:us-east-1:${ACCOUNT}:configuration-set/acc-1:event-destination/${String(own["name"])}`,
      );
  } else if (expected.startsWith("re:")) {
    assert.match(
      String(found),
      expected.includes("Sid") ? /"Sid":"acc\.example"/ : new RegExp(expected.slice(3)),
      what,
    );
  } else if (reference !== null) {
    const [, type = "", name = "", attribute = ""] = reference;
    assert.equal(found, ELSEWHERE[type]?.(name) ?? referred(`${type}.${name}`, attribute), what);
  } else {
    const wanted = value(expected);
    const unset = wanted === "" && (found === undefined || found === null || found === "");
    if (!unset) assert.equal(String(found), String(wanted), what);
  }
}

/** References to what the configuration itself declares, as the account's own names. */
function resolved(inputs: Props, name: (address: string) => string): Props {
  const text = JSON.stringify(inputs).replace(
    /ref:(\w+\.\w+)\.(\w+)/g,
    (_, address: string, attribute: string) => `\${${name(address)}.${attribute}}`,
  );
  return JSON.parse(text) as Props;
}

const named = (address: string): string => address.replace(/^aws_/, "").replace(".", "_");

/**
 * Left out: attributes of the queue that a separate policy resource changes (the provider sees them at the next refresh only), and
 * names that the configuration made up itself.
 */
const LEFT_OUT = /^ref:aws_sqs_queue\.test\.(policy|redrive_policy|redrive_allow_policy)$/;
const MADE_UP = new Set([
  ...["name", "name_prefix", "configuration_set_name", "event_destination_name", "email_identity"],
]);

describe("types without recordings answer what the Terraform provider's acceptance tests assert", () => {
  const rows = recordings("acceptance-assertions.jsonl") as Asserted[] | undefined;
  const known = (rows ?? []).flatMap((row) => {
    const { name, args } = parsedConfig(row);
    const make = CONFIGS[`${row.tfType} ${name}`];
    return make === undefined ? [] : [{ row, declared: make(args) }];
  });
  it("(needs DEJIMA_GROUND_TRUTH)", function () {
    if (rows === undefined) this.skip();
    const used = new Set(known.map(({ row }) => `${row.tfType} ${parsedConfig(row).name}`));
    assert.deepEqual(
      Object.keys(CONFIGS).filter((key) => !used.has(key)),
      [],
    );
  });

  /** The asserted one is the last, or the one that bears the name asserted on. */
  const asserted = ({ attrs }: Asserted, declared: readonly Declared[]): Declared => {
    const name = CONSTANTS[attrs["name"] ?? ""];
    const own = declared.find(({ inputs, address }) => address.startsWith("aws_ses_event") && inputs["name"] === name);
    return own ?? (declared.at(-1) as Declared);
  };

  for (const [index, { row, declared }] of known.entries()) {
    it(`${index} ${row.tfType.slice(4)}, ${row.test.replace(/^.*?_/, "")}: ${row.config}`, async () => {
      const account = new Account(true);
      for (const { address, type, inputs } of declared)
        await account.create(type, named(address), resolved(inputs, named));
      const { outputs } = account.state(named(asserted(row, declared).address));
      const referred: Referred = (address, attribute) => {
        const state = account.state(named(address));
        return attribute === "id" ? state.id : state.outputs[camel(attribute)];
      };
      for (const [path, expected] of Object.entries(row.attrs)) {
        if (LEFT_OUT.test(expected) || (MADE_UP.has(path) && /^rName/.test(expected))) continue;
        verify(path, expected, actual(outputs, path), referred, outputs);
      }
    });
  }
});
