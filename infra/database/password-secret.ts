import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { renderCredentials } from "./master-credentials";

export interface PasswordSecretArgs {
  readonly username: string;
  readonly description: string;
  /** Secrets Manager's own key by default, which asks its readers for no permission on a key. */
  readonly kmsKeyId?: pulumi.Input<string>;
}

/** A secret with a user's name and a password that Secrets Manager draws once; they are children of `parent`. */
export function passwordSecret(name: string, args: PasswordSecretArgs, parent: pulumi.Resource) {
  const { username, description, kmsKeyId } = args;
  const secret = new aws.secretsmanager.Secret(
    name,
    { description, ...(kmsKeyId === undefined ? {} : { kmsKeyId }), tags: { Name: name } },
    { parent },
  );
  // RDS refuses /, @, " and spaces; letters and digits alone need no escaping anywhere.
  const random = aws.secretsmanager.getRandomPasswordOutput(
    { passwordLength: 40, excludePunctuation: true },
    { parent },
  );
  // The SDK encrypts this property, as given and as answered.
  const secretString = random.randomPassword.apply((password) => renderCredentials({ username, password }));
  const version = new aws.secretsmanager.SecretVersion(
    name,
    { secretId: secret.id, secretString },
    // Every run draws another password; the first one stays.
    { parent, ignoreChanges: ["secretString"] },
  );
  return { secret, version };
}
