import assert from "node:assert/strict";
import { changeOf, subjectOf, userDataLines } from "./change";
import { type DevStack, deployedDev, type Edits } from "./dev-stack";

const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const ASSOCIATIONS = [
  "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
];

/** A new version of a launch template, taken up by its group: machines are replaced one by one, nothing else is touched. */
function newMachines(name: string, what: string): string[] {
  return [`update ${GROUP}::${name}: ~launchTemplate.version 1 → 2`, `update ${TEMPLATE}::${name}: ${what}`];
}

describe("a changed setting of the deployed dev stack changes these resources and no others", function () {
  this.timeout(300_000);
  let dev: DevStack;
  before(async () => {
    dev = await deployedDev();
  });
  after(() => {
    dev.dispose();
  });

  const changes = async (...edits: Edits): Promise<string[]> => (await dev.stepsWith(edits)).map(changeOf).sort();

  it("a third zone: everything of that zone is made, nothing existing moves or is replaced (M10, M12)", async () => {
    const perZone = { instanceType: "t4g.small" };
    const roles = ["bastion", "mailbox", "proxy", "relay", "web"];
    const az = "apne1-az4";
    const tiers = ["dmz", "edge", "internal", "proxy", "service"];
    // Its machines are exchanged in place, one a zone, with no room for a second one.
    const relayCounts = [
      "~desiredCapacity 2 → 3",
      "~instanceRefresh.preferences.minHealthyPercentage 50 → 66",
      "~maxSize 2 → 3",
      "~minSize 2 → 3",
    ];
    const countsOf = (role: string) => (role === "relay" ? relayCounts : counts);
    const created = [
      ...tiers.map((tier) => `aws:ec2/subnet:Subnet::main-${tier}-${az}`),
      ...tiers.flatMap((tier) => ASSOCIATIONS.map((type) => `${type}::main-${tier}-${az}`)),
      `aws:ec2/eip:Eip::main-nat-${az}`,
      `aws:ec2/natGateway:NatGateway::main-nat-${az}`,
      `aws:ec2/routeTable:RouteTable::main-proxy-${az}`,
      `aws:ec2/route:Route::main-nat-${az}`,
      `aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation::main-s3-proxy-${az}`,
      `aws:efs/mountTarget:MountTarget::main-mailstore-${az}`,
      `aws:ebs/volume:Volume::main-relay-spool-${az}`,
    ];
    const endpoints = ["autoscaling", "ec2", "email-smtp", "logs", "secretsmanager", "ssm", "ssmmessages"];
    const balancers = ["bastion", "mail", "mail-internal", "proxy", "web"];
    const counts = ["~desiredCapacity 2 → 3", "~maxSize 4 → 6", "~minSize 2 → 3"];
    assert.deepEqual(
      await changes(
        [["dejima:vpcs", 0, "azs"], 3],
        [["dejima:sizes"], Object.fromEntries(roles.map((role) => [role, perZone]))],
      ),
      [
        ...created.map((subject) => `create ${subject}`),
        ...endpoints.map((service) => `update aws:ec2/vpcEndpoint:VpcEndpoint::main-${service}: +subnetIds[2]`),
        ...balancers.map((name) => `update aws:lb/loadBalancer:LoadBalancer::main-${name}: +subnets[2]`),
        "update aws:rds/subnetGroup:SubnetGroup::main-database: +subnetIds[2]",
        "update aws:iam/rolePolicy:RolePolicy::main-relay: ~policy",
        ...roles.map((role) => {
          const changed = ["+vpcZoneIdentifiers[2]", ...countsOf(role), "~waitForElbCapacity 2 → 3"];
          return `update ${GROUP}::main-${role}: ${changed.join(", ")}`;
        }),
      ].sort(),
    );
  });

  const larger = "~instanceType t4g.small → t4g.medium";

  it("the bastions' instance type", async () => {
    assert.deepEqual(
      await changes([["dejima:sizes", "bastion", "instanceType"], "t4g.medium"]),
      newMachines("main-bastion", larger),
    );
  });

  it("the relays' and the mailboxes' instance type", async () => {
    assert.deepEqual(
      await changes(
        [["dejima:sizes", "relay", "instanceType"], "t4g.medium"],
        [["dejima:sizes", "mailbox", "instanceType"], "t4g.medium"],
      ),
      ["main-mailbox", "main-relay"].flatMap((name) => newMachines(name, larger)).sort(),
    );
  });

  it("one more entry in the allow-list: the proxies' user data, by two lines of squid's (M5)", async () => {
    const steps = await dev.stepsWith([
      [["dejima:allowList", 1], { host: "api.example.net", purpose: "another service" }],
    ]);
    assert.deepEqual(steps.map(changeOf).sort(), newMachines("main-proxy", "~userData"));
    const template = steps.find((step) => subjectOf(step).startsWith(TEMPLATE));
    assert.deepEqual(template && userDataLines(template), [
      "+ acl list0_name dstdomain -n api.example.net",
      "+ acl list0_sni ssl::server_name --client-requested api.example.net",
    ]);
  });

  it("maintenance: the way from bastions to the database opens, and the bastions get its tools (M1)", async () => {
    const tools = [
      "/etc/ssl/dejima/rds-ca.pem",
      ...["dejima-account", "dejima-migrate"].map((file) => `/usr/local/bin/${file}`),
      ...["accounts.sh", "aliases.sh", "database.sh", "domains.sh", "scram-verifier.py"].map(
        (file) => `/usr/local/lib/dejima/${file}`,
      ),
      ...["0001-accounts.sql", "0002-views.sql", "0003-reader.sql"].map(
        (file) => `/usr/local/share/dejima/migrations/${file}`,
      ),
    ];
    assert.deepEqual(
      await changes([["dejima:maintenance"], true]),
      [
        "create aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::main-bastion-out-tcp-5432-to-database",
        "create aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::main-database-in-tcp-5432-from-bastion",
        ...tools.map((path) => `create aws:s3/bucketObjectv2:BucketObjectv2::main-bastion${path}`),
        "update aws:iam/rolePolicy:RolePolicy::main-bastion: ~policy",
        ...newMachines("main-bastion", "~userData"),
      ].sort(),
    );
  });

  it("another block of operators: its three rules in place of the old block's (M12, M13)", async () => {
    const rules = (block: string): string[] => [
      `aws:ec2/networkAclRule:NetworkAclRule::main-dmz-in-tcp-22-from-operators-${block}`,
      `aws:ec2/networkAclRule:NetworkAclRule::main-edge-in-tcp-22-from-operators-${block}`,
      `aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::main-bastion-nlb-in-tcp-22-from-operators-${block}`,
    ];
    assert.deepEqual(await changes([["dejima:operators"], ["203.0.113.0/24"]]), [
      ...rules("203.0.113.0-24").map((rule) => `create ${rule}`),
      ...rules("198.51.100.0-24").map((rule) => `delete ${rule}`),
    ]);
  });

  it("an alarm's threshold and one more reader of notifications (M9)", async () => {
    assert.deepEqual(
      await changes(
        [["dejima:alarms", "bounceRate", "warning"], 0.02],
        [["dejima:notifications", "emails", 1], "night@example.com"],
      ),
      [
        ...["alarm", "bounce", "complaint", "reject"].map(
          (topic) =>
            `create aws:sns/topicSubscription:TopicSubscription::main-notifications-${topic}-night@example.com`,
        ),
        "update aws:cloudwatch/metricAlarm:MetricAlarm::main-notifications-alarm-bounce-warning: ~alarmDescription SES: Reputation.BounceRate at 3 % or more → SES: Reputation.BounceRate at 2 % or more, ~threshold 0.03 → 0.02",
      ],
    );
  });
});
