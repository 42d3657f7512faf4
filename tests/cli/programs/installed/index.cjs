"use strict";
// JavaScript, and no @pulumi/aws: nothing is installed besides the pack, but what it depends on itself.
const pulumi = require("@pulumi/pulumi");

const fault = new pulumi.Config().getBoolean("fault") ?? false;

/** Where a resource is made is told of a subclass, as packages have them. */
class LaunchTemplate extends pulumi.CustomResource {
  constructor(name, inputs) {
    super("aws:ec2/launchTemplate:LaunchTemplate", name, inputs);
  }
}

new LaunchTemplate("web", {
  imageId: "ami-0123456789abcdef0",
  instanceType: "t4g.small",
  metadataOptions: { httpTokens: fault ? "optional" : "required", httpPutResponseHopLimit: 1 },
});
