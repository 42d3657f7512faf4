import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface CertificateArgs {
  readonly domainName: string;
  /** Whether chain and key can be taken out, for a fee an issue and renewal; it can't be changed later. */
  readonly exportable: boolean;
  /** The zone that gets the record which proves the name; without one a person creates it, and the deployment waits. */
  readonly zoneId: string | undefined;
}

/** A certificate of ACM, proven by DNS, which AWS renews by itself for as long as the record stands. */
export class Certificate extends pulumi.ComponentResource {
  /** Known once the certificate is issued: nothing can use it before. */
  public readonly arn: pulumi.Output<string>;
  /** The record that proves the name. */
  public readonly validation: { readonly name: pulumi.Output<string>; readonly value: pulumi.Output<string> };

  public constructor(
    private readonly name: string,
    private readonly args: CertificateArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:tls:Certificate", name, {}, opts);
    const certificate = new aws.acm.Certificate(
      name,
      {
        domainName: args.domainName,
        validationMethod: "DNS",
        ...(args.exportable ? { options: { export: "ENABLED" } } : {}),
        tags: { Name: name },
      },
      { parent: this },
    );
    this.validation = {
      name: certificate.domainValidationOptions.apply(([option]) => option?.resourceRecordName ?? ""),
      value: certificate.domainValidationOptions.apply(([option]) => option?.resourceRecordValue ?? ""),
    };
    const issued = new aws.acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, ...this.proof(args.zoneId) },
      { parent: this, ...(args.zoneId === undefined ? { hooks: { beforeCreate: [this.askForRecord] } } : {}) },
    );
    this.arn = issued.certificateArn;
    this.registerOutputs({ arn: this.arn });
  }

  private proof(zoneId: string | undefined): { validationRecordFqdns?: pulumi.Input<string>[] } {
    const { name, value } = this.validation;
    if (zoneId === undefined) return {};
    const record = new aws.route53.Record(
      this.name,
      { zoneId, name, type: "CNAME", ttl: 300, records: [value] },
      { parent: this },
    );
    return { validationRecordFqdns: [record.fqdn] };
  }

  /** The outputs come only after the deployment, which goes on only after the record is there. */
  private readonly askForRecord = (): void => {
    const { name, value } = this.validation;
    pulumi.all([name, value]).apply(([owner, target]) => {
      const wanted = `${owner} CNAME ${target}`;
      void pulumi.log.info(`ACM issues the certificate of ${this.args.domainName} once DNS has: ${wanted}`, this);
    });
  };
}
