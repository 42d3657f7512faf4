import type { MachineFile } from "../instances/cloud-config";

export const SES_REPLIES = "/etc/postfix/ses-replies";
export const SES_HEADERS = "/etc/postfix/ses-headers";

/** Stands in the log for every delivery that SES refused for the account's sake, not for the message's: what alarms look for. */
export const SES_HOLD = "held back, SES says:";

/**
 * SES refuses for good (554) what isn't the message's fault: sending is paused or suspended, or IAM forbids it. Such mail stays queued.
 * Its 530 means that the password was missing. Other refusals stand, such as that of an address that isn't verified.
 * https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html, https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html
 */
const REPLIES = `/^554[ -]([245]\\.[0-9]+\\.[0-9]+ )?(.*(paused|suspended|access denied|not authorized).*)$/ 454 4.7.0 ${SES_HOLD} $2
/^530[ -]([245]\\.[0-9]+\\.[0-9]+ )?(.*authentication required.*)$/ 454 4.7.0 ${SES_HOLD} $2
`;

/** A user's message must not choose another configuration set: its bounces would be heard by nobody. */
const HEADERS = "/^X-SES-/ IGNORE\n";

/** What Postfix changes between SES and itself, as regexp_table(5): case doesn't matter. */
export const SES_TABLES: readonly MachineFile[] = [
  { path: SES_REPLIES, content: REPLIES },
  { path: SES_HEADERS, content: HEADERS },
];
