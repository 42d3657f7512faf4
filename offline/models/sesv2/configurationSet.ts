import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { configurationSetNamed } from "../ses/identities";
import { text } from "../values";
import { CODE } from "./errors";

const SWITCH = ["ENABLED", "DISABLED"];

const settle = ({ inputs }: OperationContext): Props =>
  filled(inputs, {
    deliveryOptions: null,
    reputationOptions: { lastFreshStart: "", reputationMetricsEnabled: false },
    sendingOptions: { sendingEnabled: true },
    suppressionOptions: null,
    trackingOptions: null,
    vdmOptions: null,
  });

const model: Model = {
  type: "aws:sesv2/configurationSet:ConfigurationSet",
  replaceOn: ["configurationSetName"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("configurationSetName", 1, 64, CODE);
    const delivery = found.within("deliveryOptions");
    delivery?.oneOf("tlsPolicy", ["REQUIRE", "OPTIONAL"], CODE);
    delivery?.between("maxDeliverySeconds", 300, 50400, CODE);
    found.within("suppressionOptions")?.eachOf("suppressedReasons", ["BOUNCE", "COMPLAINT"], CODE);
    found.within("trackingOptions")?.oneOf("httpsPolicy", ["REQUIRE", "REQUIRE_OPEN_ONLY", "OPTIONAL"], CODE);
    const vdm = found.within("vdmOptions");
    vdm?.within("dashboardOptions")?.oneOf("engagementMetrics", SWITCH, CODE);
    vdm?.within("guardianOptions")?.oneOf("optimizedSharedDelivery", SWITCH, CODE);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const name = text(context.inputs["configurationSetName"]);
    if (name !== undefined && !/^[A-Za-z0-9_-]+$/.test(name))
      throw new AwsError(
        CODE,
        `Invalid configuration set name <${name}>: only alphanumeric ASCII characters, '_' and '-' are allowed.`,
        "configurationSetName",
      );
    if (name !== undefined && configurationSetNamed(context, name) !== undefined)
      throw new AwsError(
        "AlreadyExistsException",
        `Configuration set <${name}> already exists.`,
        "configurationSetName",
      );
    return {
      id: name ?? "",
      outputs: {
        ...settle(context),
        arn: name === undefined ? UNKNOWN : arn(context.place, "ses", `configuration-set/${name}`),
      },
    };
  },

  update: settle,
};

export default model;
