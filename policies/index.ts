import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules/catalogue";
import { readOnce, stackPolicy } from "./rules/stack-policy";

const read = readOnce();

new PolicyPack("dejima", {
  displayName: "Dejima",
  description: "Proves from the resources alone, before anything is deployed, that a network does what was declared.",
  enforcementLevel: "mandatory",
  policies: rules.map((rule) => stackPolicy(rule, read)),
});
