import type { IdSource } from "../../ids";
import type { Props } from "../../model";
import { UNKNOWN } from "../../unknown";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Mailboxes that ACM writes to. Source: https://docs.aws.amazon.com/acm/latest/userguide/email-validation.html */
const MAILBOXES = ["admin", "administrator", "hostmaster", "postmaster", "webmaster"];

/** The CNAME by which ACM sees that a name is ours; a wildcard has that of the name after it. */
function record(ids: IdSource, name: string): Props {
  const base = name.replace(/^\*\./, "");
  const host = ids.chars(LETTERS, 10, `acm-zone-${base}`);
  return {
    domainName: name,
    resourceRecordName: `_${ids.hex(32, `acm-name-${base}`)}.${base}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_${ids.hex(32, `acm-value-${base}`)}.${host}.acm-validations.aws.`,
  };
}

/** What has to be done before ACM issues a certificate for the names; unknown while they are. */
export function validationOf(ids: IdSource, method: string | undefined, names: readonly string[] | undefined): Props {
  if (names === undefined) return { domainValidationOptions: UNKNOWN, validationEmails: UNKNOWN };
  return {
    domainValidationOptions: method === "DNS" ? names.map((name) => record(ids, name)) : [],
    validationEmails:
      method === "EMAIL" ? names.flatMap((name) => MAILBOXES.map((box) => `${box}@${name.replace(/^\*\./, "")}`)) : [],
  };
}
