import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { MAIL_EVENTS, type MailEvent } from "../notifications/notifications";

export interface SenderArgs {
  /** A domain, or one address. */
  readonly identity: string;
  /** A subdomain of the identity that bounces go to; an address has none. */
  readonly mailFrom?: string | undefined;
  readonly configurationSetName: string;
  /** By event: where SES tells of it. */
  readonly topicArns: Readonly<Record<MailEvent, pulumi.Output<string>>>;
}

/**
 * Whom mail is from, as SES knows it (M6): DKIM with a key of 2,048 bits, a MAIL FROM domain of its own, and a default configuration set, so
 * that every mail is sent over TLS or not at all, counts for the reputation, and has its bounces and complaints told (M9).
 */
export class Sender extends pulumi.ComponentResource {
  public readonly identityArn: pulumi.Output<string>;
  public readonly configurationSetArn: pulumi.Output<string>;
  /** The names under `_domainkey` at which SES's DKIM keys are looked for; empty for an address. */
  public readonly dkimTokens: pulumi.Output<string[]>;

  public constructor(
    private readonly name: string,
    private readonly args: SenderArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:ses:Sender", name, {}, opts);
    const configurationSet = this.configurationSet();
    const told = this.eventDestinations(configurationSet);
    const identity = this.emailIdentity(configurationSet, told);
    this.mailFrom(identity);
    this.feedback(identity);
    this.identityArn = identity.arn;
    this.configurationSetArn = configurationSet.arn;
    // In the preview of a new identity the attributes are there without the tokens, but there is no ARN either, so that nothing is read.
    this.dkimTokens = pulumi
      .all([identity.dkimSigningAttributes, identity.arn])
      .apply(([{ tokens }]) => (this.isDomain() ? tokens : []));
    this.registerOutputs({ identityArn: this.identityArn });
  }

  private configurationSet(): aws.sesv2.ConfigurationSet {
    return new aws.sesv2.ConfigurationSet(
      this.name,
      {
        configurationSetName: this.args.configurationSetName,
        deliveryOptions: { tlsPolicy: "REQUIRE" },
        reputationOptions: { reputationMetricsEnabled: true },
        sendingOptions: { sendingEnabled: true },
        suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
        tags: { Name: this.name },
      },
      // When the alarm has paused sending, a deployment doesn't resume it behind the operators' back.
      { parent: this, ignoreChanges: ["sendingOptions"] },
    );
  }

  private eventDestinations(configurationSet: aws.sesv2.ConfigurationSet): pulumi.Resource[] {
    return MAIL_EVENTS.map(
      (event) =>
        new aws.sesv2.ConfigurationSetEventDestination(
          `${this.name}-${event}`,
          {
            configurationSetName: configurationSet.configurationSetName,
            eventDestinationName: event,
            eventDestination: {
              enabled: true,
              matchingEventTypes: [event.toUpperCase()],
              snsDestination: { topicArn: this.args.topicArns[event] },
            },
          },
          { parent: this },
        ),
    );
  }

  private emailIdentity(
    configurationSet: aws.sesv2.ConfigurationSet,
    told: readonly pulumi.Resource[],
  ): aws.sesv2.EmailIdentity {
    return new aws.sesv2.EmailIdentity(
      this.name,
      {
        emailIdentity: this.args.identity,
        configurationSetName: configurationSet.configurationSetName,
        ...(this.isDomain() ? { dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" } } : {}),
        tags: { Name: this.name },
      },
      // Nothing is sent before its bounces are told.
      { parent: this, dependsOn: [...told] },
    );
  }

  private mailFrom(identity: aws.sesv2.EmailIdentity): void {
    if (this.args.mailFrom === undefined) return;
    new aws.sesv2.EmailIdentityMailFromAttributes(
      this.name,
      {
        emailIdentity: identity.emailIdentity,
        mailFromDomain: this.args.mailFrom,
        // While its MX record isn't found, mail goes out under SES's own domain, which only costs the alignment of SPF.
        behaviorOnMxFailure: "USE_DEFAULT_VALUE",
      },
      { parent: this },
    );
  }

  /** SES's own mails about bounces are off: the topics tell of them. */
  private feedback(identity: aws.sesv2.EmailIdentity): void {
    new aws.sesv2.EmailIdentityFeedbackAttributes(
      this.name,
      { emailIdentity: identity.emailIdentity, emailForwardingEnabled: false },
      { parent: this },
    );
  }

  private isDomain(): boolean {
    return !this.args.identity.includes("@");
  }
}
