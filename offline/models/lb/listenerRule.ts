import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { whenKnown } from "../filled";
import { Findings } from "../findings";
import { given, integer, property, records, text } from "../values";
import { checkActions, REDIRECT } from "./actions";
import { checkConditions, refuseConditions } from "./conditions";
import { connect, disconnect, LISTENER, LISTENER_RULE } from "./forwarding";
import { refuseActions } from "./listenerRefusals";

const CODE = "ValidationError";
const HIGHEST = 50000;

function settle(context: OperationContext): Props {
  const { inputs, world } = context;
  refuseConditions(inputs);
  const arn = text(inputs["listenerArn"]);
  const listener = arn === undefined ? undefined : world.find(LISTENER, arn);
  if (arn !== undefined && listener === undefined)
    throw new AwsError("ListenerNotFound", `Listeners '[${arn}]' not found`);
  const taken = world
    .all(LISTENER_RULE)
    .filter((rule) => arn !== undefined && text(property(rule, "listenerArn")) === arn)
    .flatMap((rule) => integer(property(rule, "priority")) ?? []);
  const priority = integer(inputs["priority"]);
  if (priority !== undefined && taken.includes(priority))
    throw new AwsError("PriorityInUse", `Priority '${priority}' is currently in use`, "priority");
  const balancerArn = listener === undefined ? undefined : text(property(listener, "loadBalancerArn"));
  const balancer = balancerArn === undefined ? undefined : world.find("aws:lb/loadBalancer:LoadBalancer", balancerArn);
  if (listener !== undefined && balancer !== undefined) {
    const kind = text(property(balancer, "loadBalancerType")) ?? "application";
    if (kind !== "application")
      throw new AwsError("InvalidConfigurationRequest", `Rules are for application load balancers, not ${kind} ones`);
    const port = integer(property(listener, "port"));
    refuseActions(inputs["actions"], kind, text(property(listener, "protocol")), port);
  }
  connect(
    context,
    inputs["actions"],
    balancer,
    listener === undefined ? undefined : text(property(listener, "protocol")),
  );
  return {
    priority: given(inputs["priority"]) ? inputs["priority"] : Math.max(0, ...taken) + 1,
    tags: inputs["tags"] ?? {},
    actions: Array.isArray(inputs["actions"])
      ? records(inputs["actions"]).map((action, index) => ({ order: index + 1, targetGroupArn: "", ...action }))
      : inputs["actions"],
  };
}

const model: Model = {
  type: LISTENER_RULE,
  nestedDefaults: { "actions.redirect": REDIRECT },
  replaceOn: ["listenerArn"],
  ordered: ["actions"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.between("priority", 1, HIGHEST, CODE);
    found.arn("listenerArn", CODE);
    checkActions(found, "actions");
    checkConditions(found);
    return found.problems;
  },

  create(context) {
    const arn = whenKnown(
      context.inputs["listenerArn"],
      (listener) => `${listener.replace(":listener/", ":listener-rule/")}/${context.ids.hex(16)}`,
    );
    return { id: typeof arn === "string" && arn !== UNKNOWN ? arn : "", outputs: { arn, ...settle(context) } };
  },

  update(context, old) {
    disconnect(context, old.outputs, "actions");
    const kept = given(context.inputs["priority"]) ? {} : { priority: old.outputs["priority"] };
    return { ...settle(context), ...kept };
  },

  delete(context, old) {
    disconnect(context, old.outputs, "actions");
  },
};

export default model;
