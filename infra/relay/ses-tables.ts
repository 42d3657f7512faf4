import type { MachineFile } from "../instances/cloud-config";

export const SES_REPLIES = "/etc/postfix/ses-replies";
export const SES_HEADERS = "/etc/postfix/ses-headers";

/** Stands in the log for every delivery that SES refused for the account's sake, not for the message's: what alarms look for. */
export const SES_HOLD = "held back, SES says:";

/** Reply code and enhanced status code, before SES's sentence. */
const CODES = String.raw`[ -]([245]\.[0-9]+\.[0-9]+ )?`;
const DENIED = "(access denied|not authorized)";

/**
 * SES refuses for good (554) what isn't the message's fault: sending is paused or suspended, or IAM forbids it. Such mail stays queued.
 * Its 530 means that the password was missing. Other refusals stand: an address that isn't verified, or a sender that isn't the
 * platform's, such as a stranger's whose mail an alias leads out, for IAM allows one identity only.
 * https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html, https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html
 */
function replies(sender: string): string {
  const own = sender.replaceAll(/[^A-Za-z0-9@-]/g, String.raw`\$&`);
  const hold = `454 4.7.0 ${SES_HOLD} $2`;
  return `~^554${CODES}(.*(paused|suspended).*)$~ ${hold}
~^554${CODES}(.*${DENIED}.*identity/([^ ]*@)?${own}([^a-z0-9.-].*)?)$~ ${hold}
if !~identity/~
~^554${CODES}(.*${DENIED}.*)$~ ${hold}
endif
~^530${CODES}(.*authentication required.*)$~ ${hold}
`;
}

/** A user's message must not choose another configuration set: its bounces would be heard by nobody. */
const HEADERS = "/^X-SES-/ IGNORE\n";

/**
 * What Postfix changes between SES and itself, as regexp_table(5): case doesn't matter. `sender`: SES's identity, a domain or one
 * address.
 */
export function sesTables(sender: string): MachineFile[] {
  return [
    { path: SES_REPLIES, content: replies(sender) },
    { path: SES_HEADERS, content: HEADERS },
  ];
}
