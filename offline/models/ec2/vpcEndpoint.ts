import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { given, isRecord, isTrue, orElse, property, text, texts } from "../values";
import { interfaceOutputs, joinSubnets, needDns, removeInterfaces } from "./endpointInterfaces";
import { withinQuota } from "./quota";
import { lookUp, referred, sameNetwork, vpcOf } from "./references";
import { destinationsIn } from "./routes";
import { blocksOf, endpointTypes, isPrivateService, prefixListOf } from "./services";
import { checkTags } from "./tags";

const TYPE = "aws:ec2/vpcEndpoint:VpcEndpoint";
const privateDnsPreferences = [
  "ALL_DOMAINS",
  "VERIFIED_DOMAINS_ONLY",
  "VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS",
  "SPECIFIED_DOMAINS_ONLY",
];
const kinds = ["Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"];

/** What AWS lets through when no policy is given. */
const openPolicy = JSON.stringify({
  Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }],
  Version: "2008-10-17",
});

/** Gateway is the default; a kind that isn't known yet is none of them. */
const kindOf = (inputs: Props): string => String(orElse(inputs["vpcEndpointType"], "Gateway"));
const isGateway = (inputs: Props): boolean => kindOf(inputs) === "Gateway";

function checkService({ inputs, place }: OperationContext): void {
  const service = text(inputs["serviceName"]);
  if (service === undefined || isPrivateService(service) || inputs["vpcEndpointType"] === UNKNOWN) return;
  const serviceRegion = text(inputs["serviceRegion"]);
  const offered = endpointTypes({ ...place, region: serviceRegion ?? place.region }, service);
  if (offered.length === 0) {
    throw new AwsError("InvalidServiceName", `The Vpc Endpoint Service '${service}' does not exist`, "serviceName");
  }
  if (offered.some((kind) => kind === kindOf(inputs))) return;
  throw new AwsError(
    "InvalidParameter",
    `Endpoint type (${kindOf(inputs)}) does not match available service types ([${offered.join(", ")}]) of ${service}.`,
    "vpcEndpointType",
  );
}

/** Gateway endpoints put a route into each of their tables. */
function joinTables(context: OperationContext, vpcId: string | undefined, ids: readonly string[]): void {
  const list = prefixListOf(text(context.inputs["serviceName"]) ?? "");
  for (const id of ids) {
    const table = referred(context, "routeTable", id);
    sameNetwork(
      vpcId,
      vpcOf(table),
      `Route table ${id} belongs to another VPC than the endpoint's`,
      "InvalidParameter",
    );
    if (list === undefined || !destinationsIn(context.world, id).includes(list)) continue;
    throw new AwsError(
      "RouteAlreadyExists",
      `route table ${id} already has a route with destination-prefix-list-id ${list}`,
      "routeTableIds",
    );
  }
}

function refuseForeignProperties(inputs: Props): void {
  if (kindOf(inputs) === UNKNOWN) return;
  const foreign = isGateway(inputs) ? ["subnetIds", "securityGroupIds"] : ["routeTableIds"];
  for (const name of foreign) {
    if (texts(inputs[name]).length === 0) continue;
    throw new AwsError(
      "InvalidParameter",
      `${name} is not supported for VPC endpoints of type ${kindOf(inputs)}`,
      name,
    );
  }
  if (isGateway(inputs) && isTrue(inputs["privateDnsEnabled"])) {
    throw new AwsError(
      "InvalidParameter",
      "Private DNS is not supported for VPC endpoints of type Gateway",
      "privateDnsEnabled",
    );
  }
}

function outputs(context: OperationContext, id: string): Props {
  const { inputs, place } = context;
  const service = text(inputs["serviceName"]);
  const gateway = isGateway(inputs) && service !== undefined;
  return {
    cidrBlocks: gateway ? blocksOf(service) : [],
    policy: orElse(inputs["policy"], openPolicy),
    prefixListId: gateway ? (prefixListOf(service) ?? "") : "",
    privateDnsEnabled: orElse(inputs["privateDnsEnabled"], false),
    routeTableIds: orElse(inputs["routeTableIds"], []),
    serviceRegion: orElse(inputs["serviceRegion"], place.region),
    ...interfaceOutputs(context, id),
  };
}

const model: Model = {
  type: TYPE,
  defaults: { vpcEndpointType: "Gateway" },
  replaceOn: [
    "resourceConfigurationArn",
    "serviceName",
    "serviceNetworkArn",
    "serviceRegion",
    "vpcEndpointType",
    "vpcId",
  ],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.conflict("serviceName", ["resourceConfigurationArn", "serviceNetworkArn"]);
    found.conflict("resourceConfigurationArn", ["serviceNetworkArn"]);
    found.oneOf("vpcEndpointType", kinds);
    found.oneOf("ipAddressType", ["ipv4", "dualstack", "ipv6"]);
    found.json("policy");
    found.arn("resourceConfigurationArn");
    found.arn("serviceNetworkArn");
    const options = inputs["dnsOptions"];
    if (isRecord(options)) {
      const nested = found.at("dnsOptions", options);
      nested.oneOf("privateDnsPreference", privateDnsPreferences);
      nested.oneOf("dnsRecordIpType", ["ipv4", "dualstack", "ipv6", "service-defined"]);
    }
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, ids, world } = context;
    const vpc = referred(context, "vpc", inputs["vpcId"]);
    if (!["serviceName", "resourceConfigurationArn", "serviceNetworkArn"].some((name) => given(inputs[name]))) {
      throw new AwsError("MissingParameter", "The request must contain the parameter ServiceName", "serviceName");
    }
    checkService(context);
    refuseForeignProperties(inputs);
    joinTables(context, vpc?.id, texts(inputs["routeTableIds"]));
    joinSubnets(context, vpc?.id);
    needDns(context, vpc);
    const others = world.all(TYPE).filter((one) => kindOf(one.inputs) === kindOf(inputs));
    if (isGateway(inputs)) withinQuota("gatewayEndpointsPerRegion", others.length + 1);
    else
      withinQuota(
        "interfaceEndpointsPerVpc",
        others.filter((one) => vpc !== undefined && property(one, "vpcId") === vpc.id).length + 1,
      );
    const id = ids.ec2("vpce");
    return {
      id,
      outputs: {
        arn: arn(place, "ec2", `vpc-endpoint/${id}`),
        ownerId: place.accountId,
        requesterManaged: false,
        state:
          isPrivateService(text(inputs["serviceName"]) ?? "") && !isTrue(inputs["autoAccept"])
            ? "pendingAcceptance"
            : "available",
        ...outputs(context, id),
      },
    };
  },

  update(context, old) {
    const { inputs, world } = context;
    const vpc = lookUp(world, "vpc", inputs["vpcId"]);
    const before = texts(old.outputs["routeTableIds"]);
    joinTables(
      context,
      vpc?.id,
      texts(inputs["routeTableIds"]).filter((id) => !before.includes(id)),
    );
    removeInterfaces(world, old.outputs);
    joinSubnets(context, vpc?.id);
    needDns(context, vpc);
    return outputs(context, old.id);
  },

  delete({ world }, old) {
    removeInterfaces(world, old.outputs);
  },
};

export default model;
