import * as pulumi from "@pulumi/pulumi";
import { passwordIn } from "./master-credentials";
import { passwordSecret } from "./password-secret";

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
    const { secret, version } = passwordSecret(name, { ...args, description: "Master user of the database" }, this);
    this.secretArn = secret.arn;
    this.value = pulumi.secret(version.secretString.apply(passwordIn));
    this.registerOutputs({ secretArn: this.secretArn });
  }
}
