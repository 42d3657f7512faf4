import assert from "node:assert/strict";
import { deployed, OSAKA } from "./deployment";
import { grantsOf, tableOf, type Grant } from "./granted";
import { IDENTITIES, MAINTENANCE, RESOURCES, TRUST } from "./granted-tables";
import type { Recorded } from "./mocks";

interface Exception {
  readonly holders: RegExp;
  readonly actions: readonly string[];
  readonly why: string;
  readonly source: string;
}

const MACHINES = "RolePolicy osaka-(bastion|mailbox|proxy|relay|web)";
const REFERENCE = "https://docs.aws.amazon.com/service-authorization/latest/reference";

/** Where AWS allows nothing narrower than `*`. */
const EXCEPTIONS: readonly Exception[] = [
  {
    holders: new RegExp(`^(${MACHINES}|VpcEndpoint osaka-ssm)$`),
    actions: ["ssm:UpdateInstanceInformation"],
    why: "the agent's heartbeat knows no resource types",
    source: `${REFERENCE}/list_awssystemsmanager.html`,
  },
  {
    holders: new RegExp(`^(${MACHINES}|VpcEndpoint osaka-ssmmessages)$`),
    actions: ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
      (action) => `ssmmessages:${action}`,
    ),
    why: "channels know no resource types",
    source: `${REFERENCE}/list_amazonmessagegatewayservice.html`,
  },
  {
    holders: /^(RolePolicy osaka-relay|VpcEndpoint osaka-ec2)$/,
    actions: ["ec2:DescribeVolumes"],
    why: "EC2's describing actions know no resource types",
    source: `${REFERENCE}/list_amazonec2.html`,
  },
  {
    holders: /^Key /,
    actions: ["kms:*"],
    why: "without the account's own rights over it nobody could ever manage the key again",
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
  },
  {
    holders: /^Key /,
    actions: ["kms:GenerateDataKey", "kms:Decrypt"],
    why: "in a key's policy * is that key, and no other value is needed",
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html",
  },
];

/** Whatever is wider than it need be: `holder action`. What is denied can't be too wide. */
function wide(grants: readonly Grant[]): { holder: string; action: string }[] {
  return grants
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ holder, actions, resources }) =>
      actions.filter((action) => action.includes("*") || resources.includes("*")).map((action) => ({ holder, action })),
    );
}

const excepted = ({ holders, actions }: Exception, { holder, action }: { holder: string; action: string }) =>
  holders.test(holder) && actions.includes(action);

const of = (grants: readonly Grant[], kinds: RegExp) => tableOf(grants.filter(({ holder }) => kinds.test(holder)));

for (const maintenance of [false, true]) {
  describe(`least privilege ${maintenance ? "during" : "outside of"} maintenance`, () => {
    let resources: Recorded[];
    let grants: Grant[];
    before(async function () {
      this.timeout(60_000);
      ({ resources } = await deployed({ ...OSAKA, maintenance }));
      grants = grantsOf(resources);
    });

    it("is these actions on these resources for each role and user, and no more", () => {
      const bastion = "RolePolicy osaka-bastion";
      const more = maintenance ? MAINTENANCE : [];
      assert.deepEqual(of(grants, /^(Role|User)Policy /), {
        ...IDENTITIES,
        [bastion]: [...(IDENTITIES[bastion] ?? []), ...more],
      });
    });

    it("lets each role be taken by one service, for this account where the service says for whom", () => {
      assert.deepEqual(of(grants, /^Role /), TRUST);
    });

    it("is these admissions by each resource's own policy, and no more", () => {
      assert.deepEqual(of(grants, /^(?!Role |RolePolicy |UserPolicy )/), RESOURCES);
    });

    it("gives a role nothing by any other way than the one policy of its name", () => {
      const roles = resources.filter(({ type }) => type === "aws:iam/role:Role");
      for (const { name, inputs } of roles) {
        assert.deepEqual(Object.keys(inputs).sort(), ["assumeRolePolicy", "tags"], name);
        const policies = resources.filter((one) => one.inputs["role"] === `${name}-id`);
        const given = policies.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
        assert.deepEqual(
          given.map((policy) => policy.name),
          [name],
        );
      }
    });

    it("lets the alarms that pause run that one function, and nobody else", () => {
      const permissions = resources.filter(({ type }) => type === "aws:lambda/permission:Permission");
      assert.deepEqual(
        permissions.map(({ inputs }) =>
          ["principal", "action", "function", "sourceAccount", "sourceArn"].map((key) => String(inputs[key])).join(" "),
        ),
        ["bounce", "complaint"].map((rate) =>
          [
            "lambda.alarms.cloudwatch.amazonaws.com lambda:InvokeFunction osaka-notifications-pause 123456789012",
            `arn:osaka-notifications-alarm-${rate}-critical`,
          ].join(" "),
        ),
      );
    });

    it("has no wildcard action and no wildcard resource where AWS allows a narrower one", () => {
      const tooWide = wide(grants).filter((grant) => !EXCEPTIONS.some((exception) => excepted(exception, grant)));
      assert.deepEqual(tooWide, []);
    });

    it("makes no exception that nothing needs", () => {
      const used = wide(grants);
      for (const { actions, ...exception } of EXCEPTIONS) {
        for (const action of actions) {
          const one = { ...exception, actions: [action] };
          assert.ok(
            used.some((grant) => excepted(one, grant)),
            action,
          );
        }
      }
    });

    it("lets through each interface endpoint just what the machines may do", () => {
      const actionsOf = (kinds: RegExp, service: string) => {
        const actions = grants.filter(({ holder }) => kinds.test(holder)).flatMap((grant) => grant.actions);
        return [...new Set(actions.filter((action) => action.startsWith(`${service}:`)))].sort();
      };
      for (const service of ["autoscaling", "ec2", "logs", "s3", "secretsmanager", "ssm", "ssmmessages"]) {
        const passing = actionsOf(new RegExp(`^VpcEndpoint osaka-${service}$`), service);
        assert.deepEqual(passing, actionsOf(new RegExp(`^${MACHINES}$`), service));
      }
    });
  });
}
