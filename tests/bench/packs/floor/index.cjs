"use strict";
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("floor", {
  policies: [{ name: "nothing", description: "Says nothing.", enforcementLevel: "advisory", validateStack: () => {} }],
});
