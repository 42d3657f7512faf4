import assert from "node:assert/strict";
import { allowances } from "../../../infra/proxy/allow-list";
import { Proxy, type ProxyArgs } from "../../../infra/proxy/proxy";
import { renderSquidConf } from "../../../infra/proxy/squid-conf";
import { BALANCER_ANSWERS, IMAGE_CALLS, MACHINE_ANSWERS } from "../answers";
import { fileIn, userDataOf } from "../instances/user-data";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";
import { READY, STUB_ANSWERS, STUB_AZS, STUB_BLOCK, vpcStub } from "../network/vpc-stub";

const ALLOW_LIST: ProxyArgs["allowList"] = [
  { host: ".debian.org", ports: [80, 443] },
  { service: "sts", azs: ["apne1-az1"], ports: [443] },
];
const SELF = "dejima:proxy:Proxy main-proxy";

const made = (instanceType: string, use: (proxy: Proxy) => unknown = () => undefined) =>
  record(
    { ...BALANCER_ANSWERS, ...MACHINE_ANSWERS, ...STUB_ANSWERS },
    async () => {
      const sizes = { instanceType, min: 2, desired: 3 };
      const place = { region: "ap-northeast-1", partition: "aws", release: "12", logRetentionDays: 365 };
      await use(new Proxy("main-proxy", { ...place, vpc: vpcStub(), sizes, allowList: ALLOW_LIST }));
    },
    IMAGE_CALLS,
  );

describe("Proxy", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await made("t4g.small", async (proxy) => {
      assert.equal(await resolved(proxy.url), "http://main-proxy.elb.example:3128");
    });
  });

  it("is a group of machines behind a load balancer (M5)", () => {
    const [balancer, group, role] = [
      "dejima:loadbalancing:NetworkBalancer main-proxy",
      "dejima:instances:InstanceGroup main-proxy",
      "dejima:instances:MachineRole main-proxy",
    ];
    assert.deepEqual(lineage(resources), [
      `aws:autoscaling/group:Group main-proxy < ${group}`,
      `aws:cloudwatch/logGroup:LogGroup main-proxy < ${group}`,
      READY,
      `aws:ec2/launchTemplate:LaunchTemplate main-proxy < ${group}`,
      `aws:iam/instanceProfile:InstanceProfile main-proxy < ${role}`,
      `aws:iam/role:Role main-proxy < ${role}`,
      `aws:iam/rolePolicy:RolePolicy main-proxy < ${role}`,
      `awsx:lb:NetworkLoadBalancer main-proxy < ${balancer}`,
      `${group} < ${SELF}`,
      `${role} < ${group}`,
      `${balancer} < ${SELF}`,
      SELF,
    ]);
  });

  it("is reached inside only: its balancer is internal, in the tier without a way out, on squid's port (M5)", () => {
    const { internal, subnetIds, securityGroups, listener, defaultTargetGroup } = theOne(
      resources,
      "awsx:lb:NetworkLoadBalancer",
    ).inputs;
    const { vpcId, port, preserveClientIp } = defaultTargetGroup as Record<string, unknown>;
    assert.deepEqual(
      {
        internal,
        subnetIds,
        securityGroups,
        listens: (listener as { port: number }).port,
        vpcId,
        port,
        preserveClientIp,
      },
      {
        internal: true,
        subnetIds: ["subnet-service-1", "subnet-service-2"],
        securityGroups: ["sg-proxy-nlb"],
        listens: 3128,
        vpcId: "vpc-1",
        port: 3128,
        // squid tells the zones apart by the client's address.
        preserveClientIp: "true",
      },
    );
  });

  it("stands in the only tier with a way out, in every zone, under its own firewall (M5, M13)", () => {
    const { vpcZoneIdentifiers, targetGroupArns, minSize, desiredCapacity, tags } = theOne(
      resources,
      "aws:autoscaling/group:Group",
    ).inputs;
    assert.deepEqual(
      { vpcZoneIdentifiers, targetGroupArns, minSize, desiredCapacity, role: (tags as unknown[])[1] },
      {
        vpcZoneIdentifiers: ["subnet-proxy-1", "subnet-proxy-2"],
        targetGroupArns: ["arn:aws:targets:main-proxy"],
        minSize: 2,
        desiredCapacity: 3,
        role: { key: "Role", value: "proxy", propagateAtLaunch: true },
      },
    );
    const [networkInterface] = theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate").inputs[
      "networkInterfaces"
    ] as { securityGroups: string[] }[];
    assert.deepEqual(networkInterface?.securityGroups, ["sg-proxy"]);
  });

  it("boots when the ways, rules and its balancer are there, and gets its packages by NAT, not through itself", () => {
    assert.deepEqual(theOne(resources, "aws:autoscaling/group:Group").dependencies, [
      READY,
      "aws:ec2/launchTemplate:LaunchTemplate main-proxy",
      "awsx:lb:NetworkLoadBalancer main-proxy",
    ]);
    const { apt } = userDataOf(theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate"));
    assert.deepEqual([apt.http_proxy, apt.https_proxy], [undefined, undefined]);
  });

  it("lets through what the allow-list names, in the zones it names (M5)", () => {
    const lists = allowances(ALLOW_LIST, { region: "ap-northeast-1", azs: STUB_AZS });
    const conf = fileIn(
      userDataOf(theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate")),
      "/etc/squid/squid.conf",
    );
    assert.equal(conf, renderSquidConf({ vpcCidr: STUB_BLOCK, allowances: lists }));
    assert.match(conf, /dstdomain -n \.debian\.org$/m);
    assert.match(conf, /dstdomain -n sts\.ap-northeast-1\.amazonaws\.com$/m);
  });

  it("ships its logs to its own group, and may do nothing else with AWS but answer Session Manager", () => {
    const userData = userDataOf(theOne(resources, "aws:ec2/launchTemplate:LaunchTemplate"));
    assert.match(fileIn(userData, "/usr/local/sbin/dejima-ship-logs"), /--log-group-name main-proxy-logs /);
    const policy = String(theOne(resources, "aws:iam/rolePolicy:RolePolicy").inputs["policy"]);
    const { Statement } = JSON.parse(policy) as { Statement: { Sid: string; Resource: string }[] };
    assert.deepEqual(
      Statement.map(({ Sid, Resource }) => `${Sid} ${Resource}`),
      ["SessionManager *", "OwnLogs arn:aws:logs:main-proxy:*"],
    );
  });

  for (const [instanceType, architecture] of [
    ["t4g.small", "arm64"],
    ["t3.small", "amd64"],
  ] as const) {
    it(`boots Debian for the architecture of its instance type: ${instanceType}`, async () => {
      const template = theOne(await made(instanceType), "aws:ec2/launchTemplate:LaunchTemplate");
      const { imageId } = template.inputs;
      assert.equal(imageId, `image of /aws/service/debian/release/12/latest/${architecture}`);
      assert.equal(template.inputs["instanceType"], instanceType);
      const installer = fileIn(userDataOf(template), "/usr/local/sbin/dejima-install-ssm-agent");
      assert.match(installer, new RegExp(`/debian_${architecture}/amazon-ssm-agent\\.deb`));
    });
  }
});
