import { strict as assert } from "node:assert";
import type { Model, Props } from "../../../offline/model";
import { models as mail } from "../../../offline/models/mail";
import { models as services } from "../../../offline/models/services";
import { IdSource } from "../../../offline/ids";
import { resourceSchema } from "../../../offline/schema/load";
import { UNKNOWN } from "../../../offline/unknown";
import { Things } from "../../../offline/world-things";
import { WorldView } from "../../../offline/world-view";
import { autoNameRule } from "../../../offline/provider/autoname";
import { placeIn } from "../../../offline/provider/place";

const models = { ...services, ...mail };
const virginia = placeIn("us-east-1");

/** Answers of a model in an empty world for inputs of which nothing is known. */
function answers(type: string, model: Model, names: readonly string[]): { outputs: Props; problems: unknown[] } {
  const inputs = { ...model.defaults, ...Object.fromEntries(names.map((name) => [name, UNKNOWN])) };
  const context = { place: virginia, inputs };
  const problems = model.check?.({ ...context, filledIn: new Set() }) ?? [];
  const urn = `urn:pulumi:dev::dejima::${type}::x`;
  const world = new WorldView(new Things(), virginia, { urn, hidesOlderGenerations: true });
  const created = model.create({ ...context, urn, ids: new IdSource(urn), world, preview: true });
  return { outputs: { ...inputs, ...created.outputs }, problems };
}

/** What one of several inputs is needed for, so that the type can be made at all. */
const chosen: Record<string, readonly string[]> = {
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretString"],
  "aws:lb/loadBalancer:LoadBalancer": ["subnets"],
  "aws:lb/targetGroup:TargetGroup": ["port", "protocol", "vpcId"],
  "aws:autoscaling/group:Group": ["launchTemplate", "vpcZoneIdentifiers"],
  "aws:ec2/instance:Instance": ["ami", "instanceType"],
  "aws:ebs/volume:Volume": ["size"],
  "aws:rds/instance:Instance": ["engine", "allocatedStorage", "username", "password"],
  "aws:ssm/parameter:Parameter": ["value"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["metricName", "statistic", "namespace", "period"],
  "aws:acm/certificate:Certificate": ["domainName", "validationMethod"],
  "aws:route53/record:Record": ["records", "ttl"],
  "aws:lambda/function:Function": ["code", "handler", "runtime"],
  "aws:cloudwatch/eventRule:EventRule": ["scheduleExpression"],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyName"],
  "aws:autoscaling/policy:Policy": ["adjustmentType", "scalingAdjustment"],
};

describe("models of the services beside the network", () => {
  for (const [type, load] of Object.entries(models)) {
    const shape = resourceSchema(type)?.shape;
    const inputs = shape?.inputs ?? {};

    it(`${type} refuses nothing while every input is unknown`, () => {
      assert.equal(load().type, type);
      assert.deepEqual(answers(type, load(), Object.keys(inputs)).problems, []);
    });

    it(`${type} answers every output when only what is required is given`, () => {
      const model = load();
      const required = Object.keys(inputs).filter((name) => inputs[name]?.r === 1);
      const schema = resourceSchema(type);
      assert.ok(schema);
      const named = autoNameRule(model, schema, {})?.property ?? ("name" in inputs ? "name" : undefined);
      const given = [...required, ...(chosen[type] ?? []), ...(named === undefined ? [] : [named])];
      const { outputs, problems } = answers(type, model, given);
      assert.deepEqual(problems, []);
      const always = Object.entries(shape?.outputs ?? {}).filter(([, output]) => output.r === 1);
      const missing = always.map(([name]) => name).filter((name) => outputs[name] === undefined);
      // The core adds these two to every type.
      assert.deepEqual(
        missing.filter((name) => name !== "region" && name !== "tagsAll"),
        [],
      );
    });

    it(`${type} replaces on inputs that exist`, () => {
      const paths = load().replaceOn.map((path) => path.split(".")[0] ?? path);
      assert.deepEqual(
        paths.filter((name) => inputs[name] === undefined),
        [],
      );
    });
  }
});
