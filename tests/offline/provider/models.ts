import { AwsError } from "../../../offline/aws-error";
import type { Model } from "../../../offline/model";

/** A queue with a name, which AWS refuses a second time, and which can't be deleted while it is in use. */
const queue: Model = {
  type: "aws:sqs/queue:Queue",
  autoName: { property: "name", maxLength: 80 },
  defaults: { delaySeconds: 0 },
  replaceOn: ["name", "redrivePolicy"],
  create({ ids, inputs, place, world }) {
    const name = String(inputs["name"]);
    if (world.all(queue.type).some((thing) => thing.inputs["name"] === name)) {
      throw new AwsError("QueueNameExists", `A queue already exists with the name ${name}`);
    }
    return {
      id: `https://sqs.${place.region}.amazonaws.com/${ids.hex(4)}/${name}`,
      outputs: { arn: `arn:aws:sqs:${place.region}:${place.accountId}:${name}` },
    };
  },
  delete({ inputs }) {
    if (inputs["fifoQueue"] === true) throw new AwsError("DependencyViolation", "The queue is in use");
  },
};

/** Models of the tests' own, so that the core is tested without any of AWS's. */
export function testModel(type: string): Model | undefined {
  return type === queue.type ? queue : undefined;
}

export const QUEUE = queue.type;
