/** Owns every mailbox, on the mail store as on the machines. */
export const VMAIL = "vmail";

/** The same number on every machine, as the mail store knows numbers only. */
export const VMAIL_ID = 5000;

/** Where the mail store is mounted: `<domain>/<local part>/Maildir` below it. */
export const MAIL_ROOT = "/srv/mail";
