import assert from "node:assert/strict";
import { ArtifactStore } from "../../../infra/instances/artifact-store";
import type { RolePart } from "../../../infra/instances/base-machine";
import { Web } from "../../../infra/web/web";
import { ARTIFACT_ANSWERS, IMAGE_CALLS, MACHINE_ANSWERS } from "../answers";
import { fileIn, userDataOf, type UserData } from "../instances/user-data";
import { lineage, record, theOne, type Recorded } from "../mocks";
import { READY, STUB_ANSWERS, vpcStub } from "../network/vpc-stub";
import { ProxyStub } from "../proxy/proxy-stub";

const SELF = "dejima:web:Web main-web";

const made = (more: { application?: RolePart; amis?: { web: string } } = {}) =>
  record(
    { ...MACHINE_ANSWERS, ...ARTIFACT_ANSWERS, ...STUB_ANSWERS },
    () =>
      new Web("main-web", {
        vpc: vpcStub(),
        proxy: new ProxyStub(),
        artifacts: new ArtifactStore("main-artifacts"),
        region: "ap-northeast-1",
        partition: "aws",
        release: "12",
        logRetentionDays: 365,
        sizes: { instanceType: "c7i.large", min: 2, desired: 3 },
        hostname: "webmail.example.com",
        mailHostname: "mail.example.com",
        imap: "inside.elb.example",
        submission: "inside.elb.example",
        targetGroupArns: ["arn:https"],
        bootsAfter: [new ProxyStub("balancer")],
        ...more,
      }),
    IMAGE_CALLS,
  );

const own = (resources: readonly Recorded[]) => resources.filter(({ name }) => name.startsWith("main-web"));

function granted(resources: readonly Recorded[]): string[] {
  const { policy } = theOne(resources, "aws:iam/rolePolicy:RolePolicy").inputs;
  return (JSON.parse(String(policy)) as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
}

describe("Web", () => {
  let resources: Recorded[];
  let userData: UserData;
  before(async () => {
    resources = await made();
    userData = userDataOf(theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate"));
  });

  it("is a group of machines, and nothing more", () => {
    const [group, role] = ["dejima:instances:InstanceGroup main-web", "dejima:instances:MachineRole main-web"];
    assert.deepEqual(lineage(own(resources)), [
      `aws:autoscaling/group:Group main-web < ${group}`,
      `aws:cloudwatch/logGroup:LogGroup main-web < ${group}`,
      `aws:ec2/launchTemplate:LaunchTemplate main-web < ${group}`,
      `aws:iam/instanceProfile:InstanceProfile main-web < ${role}`,
      `aws:iam/role:Role main-web < ${role}`,
      `aws:iam/rolePolicy:RolePolicy main-web < ${role}`,
      `${group} < ${SELF}`,
      `${role} < ${group}`,
      SELF,
    ]);
  });

  it("serves in the dmz of every zone, under its own firewall, when network, proxies and balancer are there (M1, M13)", () => {
    const group = theOne(resources, "aws:autoscaling/group:Group");
    const { vpcZoneIdentifiers, targetGroupArns, minSize, desiredCapacity } = group.inputs;
    assert.deepEqual(
      { vpcZoneIdentifiers, targetGroupArns, minSize, desiredCapacity },
      {
        vpcZoneIdentifiers: ["subnet-dmz-1", "subnet-dmz-2"],
        targetGroupArns: ["arn:https"],
        minSize: 2,
        desiredCapacity: 3,
      },
    );
    assert.deepEqual(group.dependencies, [
      "aws:ec2/internetGateway:InternetGateway balancer",
      "aws:ec2/internetGateway:InternetGateway proxies",
      READY,
      "aws:ec2/launchTemplate:LaunchTemplate main-web",
    ]);
    const template = theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate").inputs;
    const [network] = template["networkInterfaces"] as { securityGroups: unknown }[];
    assert.deepEqual(network?.securityGroups, ["sg-web"]);
    assert.equal(template["imageId"], "image of /aws/service/debian/release/12/latest/amd64");
  });

  it("may do no more than every machine: it holds no secret and never sees the database (M1)", () => {
    assert.deepEqual(granted(resources), ["SessionManager", "OwnLogs"]);
  });

  it("takes a client's address from the tier of the load balancers only, and tells the mail servers (M5)", () => {
    assert.equal(userData.apt.http_proxy, "http://proxy.example:3128");
    const conf = fileIn(userData, "/etc/nginx/nginx.conf");
    assert.match(conf, /^ {2}set_real_ip_from 10\.0\.64\.0\/19;$/m);
    assert.match(conf, /^ {4}server_name webmail\.example\.com;$/m);
    assert.match(
      fileIn(userData, "/etc/dejima/web.env"),
      /^IMAP_HOST=inside\.elb\.example\n(.*\n)+MAIL_TLS_NAME=mail\.example\.com\n$/,
    );
  });

  it("installs a user's own application, fetching what is large, and boots an image of the user's own", async () => {
    const application: RolePart = {
      packages: ["php-fpm"],
      files: [{ path: "/etc/dejima/web.d/own.conf", content: "location / { root /srv/own; }\n" }],
      artifacts: [{ path: "/srv/own/app.php", content: "large" }],
      commands: [],
    };
    const installed = await made({ application, amis: { web: "ami-0123456789abcdef0" } });
    const template = theOne(installed, "aws:ec2/launchTemplate:LaunchTemplate");
    assert.equal(template.inputs["imageId"], "ami-0123456789abcdef0");
    assert.ok(userDataOf(template).packages.includes("php-fpm"));
    assert.equal(fileIn(userDataOf(template), "/etc/dejima/web.d/own.conf"), "location / { root /srv/own; }\n");
    assert.deepEqual(granted(installed), ["SessionManager", "OwnLogs", "OwnArtifacts"]);
    const object = "aws:s3/bucketObjectv2:BucketObjectv2 main-web/srv/own/app.php";
    assert.ok(theOne(installed, "aws:autoscaling/group:Group").dependencies.includes(object));
  });
});
