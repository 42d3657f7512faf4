import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Stands for the proxies, or another component that machines boot after; needs the answers of the VPC's stub. */
export class ProxyStub extends pulumi.ComponentResource {
  public readonly url = pulumi.output("http://proxy.example:3128");

  public constructor(name = "proxies") {
    super("dejima:test:Proxy", name);
    new aws.ec2.InternetGateway(name, {}, { parent: this });
  }
}
