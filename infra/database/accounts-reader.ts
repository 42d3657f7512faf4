import * as pulumi from "@pulumi/pulumi";
import { ACCOUNTS_USER } from "./accounts-access";
import { passwordSecret } from "./password-secret";

/**
 * The secret of the user who may read the accounts' views. dejima-migrate gives the user this password, so another version of the secret
 * holds once it has run.
 */
export class AccountsReader extends pulumi.ComponentResource {
  public readonly secretArn: pulumi.Output<string>;

  public constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:database:AccountsReader", name, {}, opts);
    const description = "Reader of the mail accounts: relay and mailbox";
    const { version } = passwordSecret(name, { username: ACCOUNTS_USER, description }, this);
    // The version's, not the secret's: whoever waits for it finds a password in it.
    this.secretArn = version.secretArn;
    this.registerOutputs({ secretArn: this.secretArn });
  }
}
