import { bounceNotifications } from "./mail/bounce-notifications";
import { dbNoInternetEgress } from "./network/db-no-internet-egress";
import type { Rule } from "./rule";

/** Every rule of the pack. */
export const rules: readonly Rule[] = [bounceNotifications, dbNoInternetEgress];
