/** Changes that no rule catches, and why none has to. Each pattern must still be needed: one that matches nothing missed fails the test. */
export interface Uncaught {
  readonly mutations: RegExp;
  readonly why: string;
}

export const uncaught: readonly Uncaught[] = [
  {
    mutations: /^aws:ec2\/networkAclRule:NetworkAclRule main-(edge|proxy)-(in|out)-deny-\w+: removed$/,
    why: "the network ACLs are the coarse fence: behind it the groups still admit what the matrix declares and nothing else",
  },
  {
    mutations: /^main-proxy-nlb-in-tcp-3128-from-\w+ and \S+: any port$/,
    why: "a load balancer takes nothing but by its listeners, whatever its group admits",
  },
  {
    mutations: /^aws:vpc\/securityGroupEgressRule:SecurityGroupEgressRule main-proxy-out-tcp-443-to-[\w-]+: removed$/,
    why: "the proxies reach the endpoints' names by their way to the internet too, which the matrix declares",
  },
  {
    mutations:
      /^aws:ec2\/routeTableAssociation:RouteTableAssociation main-(service|internal)-\S+: (table main-\S+|removed)$/,
    why: "what stands there has no public address and begins nothing; routes of the VPC are in every table",
  },
  {
    mutations: /^aws:ec2\/route:Route added: 0\.0\.0\.0\/0 of main-\w+ to main$/,
    why: "an internet gateway carries nothing for what has no public address, and that nothing has one is a rule of its own",
  },
  {
    mutations: /^aws:ec2\/vpcEndpoint:VpcEndpoint main-(?!email-smtp)\S+: privateDnsEnabled false$/,
    why: "without private names the service is reached by the proxies, as any other of AWS; only for mail the way is prescribed (M7)",
  },
  {
    mutations:
      /^aws:sns\/topicSubscription:TopicSubscription main-notifications-\w+-operations@example\.com: (removed|filterPolicy .*)$/,
    why: "the queue keeps what the topic says; a person's mail box is one subscriber of several",
  },
  {
    mutations:
      /^aws:(sns|sesv2)\/\S+ main-(notifications|notifications-kept|ses-sender)-(delivery|reject|alarm)\b.*: (removed|policy .*|filterPolicy .*|eventDestination\..*)$/,
    why: "deliveries and rejects may be listened to (M9), bounces and complaints must; alarms still reach the queue",
  },
  {
    mutations:
      /^aws:cloudwatch\/metricAlarm:MetricAlarm main-(relay-held-mail|notifications-alarm-(dead-letters|\w+-critical)): .*$/,
    why: "the warning alarm on the same metric stays; what the platform counts of its own no rule for every stack can know",
  },
  {
    mutations: /^aws:sesv2\/configurationSet:ConfigurationSet \S+: reputationOptions\.reputationMetricsEnabled false$/,
    why: "the alarms watch the account's own metrics, which SES always writes",
  },
  {
    mutations: /^aws:lb\/loadBalancer:LoadBalancer main-(proxy|mail-internal): internal false$/,
    why: "in subnets without a route to the internet gateway it is reached from nowhere",
  },
  {
    mutations: /^aws:ec2\/subnet:Subnet main-edge-\S+: mapPublicIpOnLaunch true$/,
    why: "at the edge stand load balancers and NAT gateways, which have public addresses anyway; machines there are found by rules of their own",
  },
  {
    mutations: /^aws:kms\/key:Key \S+: policy .*$/,
    why: "the service that encrypts with it refuses to, loudly, and nothing lies in clear",
  },
];
