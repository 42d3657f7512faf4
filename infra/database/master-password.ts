import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { passwordIn, renderCredentials } from "./master-credentials";

export interface MasterPasswordArgs {
  readonly username: string;
  readonly kmsKeyId: pulumi.Input<string>;
}

/**
 * A random password in a secret of our own: RDS refuses replicas of an instance whose password it manages itself. Everywhere in the
 * state it is encrypted.
 */
export class MasterPassword extends pulumi.ComponentResource {
  public readonly secretArn: pulumi.Output<string>;
  /** A secret output. */
  public readonly value: pulumi.Output<string>;

  public constructor(name: string, args: MasterPasswordArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:database:MasterPassword", name, {}, opts);
    const { username, kmsKeyId } = args;
    const secret = new aws.secretsmanager.Secret(
      name,
      { description: "Master user of the database", kmsKeyId, tags: { Name: name } },
      { parent: this },
    );
    // RDS refuses /, @, " and spaces; letters and digits alone need no escaping anywhere.
    const random = aws.secretsmanager.getRandomPasswordOutput(
      { passwordLength: 40, excludePunctuation: true },
      { parent: this },
    );
    // The SDK encrypts this property, as given and as answered.
    const secretString = random.randomPassword.apply((password) => renderCredentials({ username, password }));
    const version = new aws.secretsmanager.SecretVersion(
      name,
      { secretId: secret.id, secretString },
      // Every run draws another password; the first one stays.
      { parent: this, ignoreChanges: ["secretString"] },
    );
    this.secretArn = secret.arn;
    this.value = pulumi.secret(version.secretString.apply(passwordIn));
    this.registerOutputs({ secretArn: this.secretArn });
  }
}
