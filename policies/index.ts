import { PolicyPack } from "@pulumi/policy";
import { bounceNotifications } from "./rules/mail/bounce-notifications";
import { dbNoInternetEgress } from "./rules/network/db-no-internet-egress";

new PolicyPack("dejima", {
  displayName: "Dejima",
  description: "Proves from the resources alone, before anything is deployed, that a network does what was declared.",
  enforcementLevel: "mandatory",
  policies: [bounceNotifications, dbNoInternetEgress],
});
