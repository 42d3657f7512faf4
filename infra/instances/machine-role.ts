import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { INSTANCE_TRUST, policyDocument, SESSION_MANAGER, writeLogs, type Statement } from "./permissions";

export interface MachineRoleArgs {
  readonly logGroupArn: pulumi.Input<string>;
  /** What the role may do besides writing its logs and answering Session Manager. */
  readonly statements: readonly pulumi.Input<Statement>[];
}

/** The IAM role of a group of machines and the instance profile that hands it to them. */
export class MachineRole extends pulumi.ComponentResource {
  public readonly profileArn: pulumi.Output<string>;

  public constructor(name: string, args: MachineRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:instances:MachineRole", name, {}, opts);
    const tags = { Name: name };
    const role = new aws.iam.Role(name, { assumeRolePolicy: INSTANCE_TRUST, tags }, { parent: this });
    const policy = pulumi
      .all([pulumi.output(args.logGroupArn), pulumi.all([...args.statements])])
      .apply(([logGroupArn, more]) => policyDocument([SESSION_MANAGER, writeLogs(logGroupArn), ...more]));
    const permissions = new aws.iam.RolePolicy(name, { role: role.id, policy }, { parent: this });
    const profile = new aws.iam.InstanceProfile(
      name,
      { role: role.name, tags },
      // A machine that boots before its permissions are there would fail to fetch its secret.
      { parent: this, dependsOn: permissions },
    );
    this.profileArn = profile.arn;
    this.registerOutputs({ profileArn: this.profileArn });
  }
}
