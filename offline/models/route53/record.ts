import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, integer, isTrue, property, records, text, texts } from "../values";
import { TYPES, valueProblem } from "./recordValues";
import { bareZoneId, fullName, normalName, RECORD, zoneName, zoneOf } from "./zones";

const CODE = "InvalidChangeBatch";
const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";
const POLICIES = [
  ...["cidrRoutingPolicy", "failoverRoutingPolicies", "geolocationRoutingPolicies", "geoproximityRoutingPolicy"],
  ...["latencyRoutingPolicies", "multivalueAnswerRoutingPolicy", "weightedRoutingPolicies"],
];

function batch(message: string, property?: string): AwsError {
  return new AwsError(CODE, `[${message}]`, property);
}

function refuseValues(inputs: Props, name: string, zone: string): void {
  const type = text(inputs["type"]) ?? "";
  const values = texts(inputs["records"]);
  for (const value of values) {
    const problem = valueProblem(type, value);
    if (problem !== undefined)
      throw batch(`Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}''`, "records");
  }
  if (new Set(values).size < values.length) throw batch("Duplicate Resource Record", "records");
  if (type === "CNAME" && name === zone)
    throw batch(`RRSet of type CNAME with DNS name ${name}. is not permitted at apex in zone ${zone}.`, "name");
  if (type === "CNAME" && values.length > 1) throw batch("A CNAME record can have one value only", "records");
  if (Array.isArray(inputs["records"]) && inputs["records"].length > 0 && !given(inputs["ttl"]))
    throw new AwsError("InvalidInput", `Missing field 'TTL' in Change with [Name: ${name}., Type: ${type}]`, "ttl");
}

/** The records of the same name in the same zone, this one left out. */
function namesakes({ world }: OperationContext, zone: Thing, name: string, zoneNamed: string): Thing[] {
  return world.all(RECORD).filter((one) => {
    const theirs = text(property(one, "name"));
    return text(property(one, "zoneId")) === zone.id && theirs !== undefined && fullName(theirs, zoneNamed) === name;
  });
}

function refuseNamesakes(inputs: Props, others: readonly Thing[], name: string, zone: string): void {
  const [type, identifier] = [text(inputs["type"]), text(inputs["setIdentifier"])];
  if (type === undefined) return;
  // Every zone is born with these two.
  if ((type === "NS" || type === "SOA") && name === zone && !isTrue(inputs["allowOverwrite"]))
    throw batch(`Tried to create resource record set [name='${name}.', type='${type}'] but it already exists`, "name");
  for (const other of others) {
    const theirs = text(property(other, "type"));
    if (theirs === undefined) continue;
    if (theirs !== type && [theirs, type].includes("CNAME"))
      throw batch(
        `RRSet of type ${type} with DNS name ${name}. is not permitted because a conflicting RRSet of type ${theirs} with the same DNS name already exists in zone ${zone}.`,
        "name",
      );
    if (theirs !== type) continue;
    const theirIdentifier = text(property(other, "setIdentifier"));
    if (theirIdentifier === identifier && !isTrue(inputs["allowOverwrite"]))
      throw batch(
        `Tried to create resource record set [name='${name}.', type='${type}'] but it already exists`,
        "name",
      );
    const policy = (all: (key: string) => unknown): string | undefined =>
      POLICIES.find((key) => given(all(key)) && JSON.stringify(all(key)) !== "[]" && all(key) !== false);
    if (policy((key) => inputs[key]) !== policy((key) => property(other, key)))
      throw batch(
        `RRSet with DNS name ${name}., type ${type} has another routing policy than those that exist`,
        "name",
      );
  }
}

function refuseHealthCheck({ inputs, world }: OperationContext): void {
  const id = text(inputs["healthCheckId"]);
  if (id !== undefined && world.find(HEALTH_CHECK, id) === undefined)
    throw new AwsError("NoSuchHealthCheck", `A health check with id ${id} does not exist.`, "healthCheckId");
}

function refuseWeights(inputs: Props): void {
  for (const { weight } of records(inputs["weightedRoutingPolicies"])) {
    const heavy = integer(weight);
    if (heavy !== undefined && (heavy < 0 || heavy > 255))
      throw new AwsError("InvalidInput", `Weight must be from 0 to 255, got ${heavy}`, "weightedRoutingPolicies");
  }
}

function settle(context: OperationContext): Props {
  const { inputs } = context;
  const zone = zoneOf(context);
  const zoneNamed = zone === undefined ? undefined : zoneName(zone);
  const asked = text(inputs["name"]) ?? (inputs["name"] === "" ? "" : undefined);
  const known = zone !== undefined && zoneNamed !== undefined && asked !== undefined;
  const name = known ? fullName(asked, zoneNamed) : undefined;
  refuseHealthCheck(context);
  refuseWeights(inputs);
  if (text(inputs["setIdentifier"]) !== undefined && POLICIES.every((policy) => !given(inputs[policy])))
    throw new AwsError("InvalidInput", "SetIdentifier can be given with a routing policy only", "setIdentifier");
  if (known && name !== undefined) {
    refuseValues(inputs, name, zoneNamed);
    refuseNamesakes(inputs, namesakes(context, zone, name, zoneNamed), name, zoneNamed);
  }
  return {
    ...filled(inputs, {
      aliases: [],
      allowOverwrite: null,
      cidrRoutingPolicy: null,
      failoverRoutingPolicies: [],
      geolocationRoutingPolicies: [],
      geoproximityRoutingPolicy: null,
      healthCheckId: "",
      latencyRoutingPolicies: [],
      multivalueAnswerRoutingPolicy: false,
      records: [],
      setIdentifier: "",
      ttl: 0,
      weightedRoutingPolicies: [],
    }),
    // A zone that is only taken to be there may have no name here: then the record's own is whole.
    fqdn: name ?? (zone?.companion === true && asked !== undefined ? normalName(asked) : UNKNOWN),
    name: asked === undefined ? UNKNOWN : normalName(asked),
  };
}

const model: Model = {
  type: RECORD,
  replaceOn: ["name", "zoneId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.oneOf("type", TYPES, CODE);
    found.exactlyOne(["aliases", "records"], CODE);
    found.conflict("ttl", ["aliases"], CODE);
    found.requires("ttl", ["records"], CODE);
    const chosen = POLICIES.filter((policy) => inputs[policy] !== false);
    for (const policy of chosen) {
      found.conflict(
        policy,
        chosen.filter((other) => other !== policy),
        CODE,
      );
      found.requires(policy, ["setIdentifier"], CODE);
    }
    for (const alias of found.each("aliases")) {
      alias.length("name", 1, 1024, CODE);
      alias.length("zoneId", 1, 32, CODE);
    }
    for (const failover of found.each("failoverRoutingPolicies"))
      failover.oneOf("type", ["PRIMARY", "SECONDARY"], CODE);
    for (const latency of found.each("latencyRoutingPolicies"))
      latency.matches("region", /^[a-z]{2}(-[a-z]+)+-\d$/, "must be a Region", CODE);
    found.within("geoproximityRoutingPolicy")?.between("bias", -99, 99, CODE);
    return found.problems;
  },

  create(context) {
    const { inputs } = context;
    const outputs = settle(context);
    const [zone, type, identifier] = [inputs["zoneId"], inputs["type"], inputs["setIdentifier"]].map(text);
    const name = outputs["name"];
    const known = zone !== undefined && type !== undefined && typeof name === "string" && name !== UNKNOWN;
    const suffix = identifier === undefined ? "" : `_${identifier}`;
    return { id: known ? `${bareZoneId(zone)}_${name}_${type}${suffix}` : "", outputs };
  },

  update: settle,
};

export default model;
