import * as pulumi from "@pulumi/pulumi";
import type { MailEvent } from "../notifications/notifications";
import { endpointName } from "../network/service-endpoint";
import { Sender } from "./sender";
import { SmtpUser } from "./smtp-user";

export interface SesArgs {
  readonly region: string;
  /** A domain, or one address. */
  readonly identity: string;
  /** A subdomain of the identity that bounces go to; an address has none. */
  readonly mailFrom?: string | undefined;
  readonly configurationSetName: string;
  readonly topicArns: Readonly<Record<MailEvent, pulumi.Output<string>>>;
  /** The VPC's own endpoint of SES. */
  readonly vpcEndpointId: pulumi.Input<string>;
  /** Whether the relays' credentials are good through that endpoint only. */
  readonly onlyThroughEndpoint: boolean;
}

/** The port on which EC2 lets mail out: 25 is blocked until AWS lifts it. */
const SUBMISSION_PORT = 587;

/** Amazon SES as the way out for mail (M6, M7): whom it is from, and the credentials with which the relays hand it over. */
export class Ses extends pulumi.ComponentResource {
  public readonly smtp: { readonly host: string; readonly port: number };
  public readonly smtpSecretArn: pulumi.Output<string>;
  public readonly dkimTokens: pulumi.Output<string[]>;

  public constructor(name: string, args: SesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:ses:Ses", name, {}, opts);
    const { region, vpcEndpointId, onlyThroughEndpoint } = args;
    const sender = new Sender(`${name}-sender`, args, { parent: this });
    const user = new SmtpUser(
      `${name}-smtp`,
      {
        region,
        identityArn: sender.identityArn,
        configurationSetArn: sender.configurationSetArn,
        vpcEndpointId: onlyThroughEndpoint ? vpcEndpointId : undefined,
      },
      { parent: this },
    );
    this.smtp = { host: endpointName({ service: "email-smtp", region }), port: SUBMISSION_PORT };
    this.smtpSecretArn = user.secretArn;
    this.dkimTokens = sender.dkimTokens;
    this.registerOutputs({ smtpSecretArn: this.smtpSecretArn });
  }
}
