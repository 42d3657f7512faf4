import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../instances/permissions";
import { smtpPassword } from "./smtp-password";

export interface SmtpUserArgs {
  readonly region: string;
  readonly identityArn: pulumi.Input<string>;
  readonly configurationSetArn: pulumi.Input<string>;
  /** The interface endpoint that the user may send through; undefined: from anywhere. */
  readonly vpcEndpointId: pulumi.Input<string> | undefined;
}

/**
 * The user with which the relays log in at SES (M6): it can send from one identity, through one VPC endpoint (M7), and do nothing else.
 * User name and password lie in a secret, as JSON with `username` and `password`.
 */
export class SmtpUser extends pulumi.ComponentResource {
  public readonly secretArn: pulumi.Output<string>;

  public constructor(
    private readonly name: string,
    private readonly args: SmtpUserArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:ses:SmtpUser", name, {}, opts);
    const tags = { Name: name };
    const user = new aws.iam.User(name, { path: "/smtp/", tags }, { parent: this });
    new aws.iam.UserPolicy(name, { user: user.name, policy: this.policy() }, { parent: this });
    const accessKey = new aws.iam.AccessKey(name, { user: user.name }, { parent: this });
    const secret = new aws.secretsmanager.Secret(
      name,
      { description: "User name and password of the relays at SES", tags },
      { parent: this },
    );
    const secretString = pulumi.secret(
      pulumi
        .all([accessKey.id, accessKey.secret])
        .apply(([username, key]) => JSON.stringify({ username, password: smtpPassword(key, args.region) })),
    );
    const version = new aws.secretsmanager.SecretVersion(name, { secretId: secret.id, secretString }, { parent: this });
    // Whoever learns the ARN from here finds a value in the secret.
    this.secretArn = version.secretArn;
    this.registerOutputs({ secretArn: this.secretArn });
  }

  private policy(): pulumi.Output<string> {
    const { identityArn, configurationSetArn, vpcEndpointId } = this.args;
    return pulumi
      .all([identityArn, configurationSetArn, pulumi.output(vpcEndpointId)])
      .apply(([identity, configurationSet, endpoint]) =>
        policyDocument([
          {
            Sid: "SendFromOneIdentity",
            Effect: "Allow",
            Action: ["ses:SendRawEmail"],
            // The identity's default configuration set counts as used, so it must be allowed too.
            Resource: [identity, configurationSet],
            ...(endpoint === undefined ? {} : { Condition: { StringEquals: { "aws:SourceVpce": endpoint } } }),
          },
        ]),
      );
  }
}
