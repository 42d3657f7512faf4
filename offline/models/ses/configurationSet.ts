import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { madeAt } from "../time";
import { isRecord, text } from "../values";
import { configurationSetNamed } from "./identities";

function settle({ inputs }: OperationContext): Props {
  const delivery = inputs["deliveryOptions"];
  return {
    deliveryOptions: isRecord(delivery) ? { tlsPolicy: "Optional", ...delivery } : (delivery ?? null),
    trackingOptions: inputs["trackingOptions"] ?? null,
  };
}

const model: Model = {
  type: "aws:ses/configurationSet:ConfigurationSet",
  defaults: { reputationMetricsEnabled: false, sendingEnabled: true },
  replaceOn: ["name"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("name", 1, 64);
    found.within("deliveryOptions")?.oneOf("tlsPolicy", ["Require", "Optional"]);
    found.within("trackingOptions")?.matches("customRedirectDomain", /[^.]$/, "cannot end with a period");
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    const name = text(inputs["name"]);
    if (name !== undefined && !/^[A-Za-z0-9_-]+$/.test(name))
      throw new AwsError("InvalidConfigurationSet", `Invalid configuration set name <${name}>.`, "name");
    if (name !== undefined && configurationSetNamed(context, name) !== undefined)
      throw new AwsError("ConfigurationSetAlreadyExists", `Configuration set <${name}> already exists.`, "name");
    return {
      id: name ?? "",
      outputs: {
        ...settle(context),
        arn: name === undefined ? UNKNOWN : arn(place, "ses", `configuration-set/${name}`),
        lastFreshStart: madeAt(ids),
      },
    };
  },

  update: settle,
};

export default model;
