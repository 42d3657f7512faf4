import type { ComponentResource, ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A component of awsx: makes its children, and says what its outputs are. */
export interface Component {
  resource: ComponentResource;
  outputs: Inputs;
}

type Constructor = (name: string, inputs: Inputs, options: ComponentResourceOptions) => Component;

interface ConstructorModule {
  construct: Constructor;
}

/** Loaded when the first of its kind is asked for. */
const COMPONENTS: Record<string, () => Promise<ConstructorModule>> = {
  "awsx:lb:ApplicationLoadBalancer": () => import("./application-load-balancer"),
  "awsx:lb:NetworkLoadBalancer": () => import("./network-load-balancer"),
  "awsx:lb:TargetGroupAttachment": () => import("./target-group-attachment"),
};

function missing(type: string): Error {
  const name = type
    .slice(type.lastIndexOf(":") + 1)
    .replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? "" : "-") + letter.toLowerCase());
  const instead = type.startsWith("awsx:ec2:") ? " Plain aws.ec2 resources work." : "";
  return new Error(
    `The embedded AWS has no stand-in for ${type}: add offline/awsx/${name}.ts and list it in offline/awsx/construct.ts.${instead}`,
  );
}

/** Answers a Construct: registers the component's children with the engine's own monitor, and returns its URN and outputs. */
export async function construct(request: pb.ConstructRequest, engine: string): Promise<pb.ConstructResponse> {
  const load = COMPONENTS[request.getType()];
  if (load === undefined) throw missing(request.getType());
  const { config, rpc, server, settings, state } = await import("./runtime");
  const { optionsOf } = await import("./options");
  await import("./resource-modules");
  return state.withLocalStorage(async () => {
    settings.resetOptions(
      request.getProject(),
      request.getStack(),
      request.getParallel(),
      engine,
      request.getMonitorendpoint(),
      request.getDryrun(),
      request.getOrganization(),
    );
    await settings.awaitFeatureSupport();
    config.setAllConfig(Object.fromEntries(request.getConfigMap().getEntryList()), request.getConfigsecretkeysList());
    const inputs = await server.deserializeInputs(
      request.getInputs() ?? new Struct(),
      request.getInputdependenciesMap(),
    );
    const component = (await load()).construct(request.getName(), inputs, optionsOf(request));
    const response = new pb.ConstructResponse();
    response.setUrn(await promised(component.resource.urn));
    const [outputs, dependencies] = await rpc.serializeResourceProperties(
      `construct(${request.getType()})`,
      component.outputs,
    );
    for (const [key, resources] of dependencies) {
      const urns = new pb.ConstructResponse.PropertyDependencies();
      urns.setUrnsList(await Promise.all([...resources].map((resource) => promised(resource.urn))));
      response.getStatedependenciesMap().set(key, urns);
    }
    response.setState(Struct.fromJavaScript(outputs));
    await settings.waitForRPCs();
    return response;
  });
}

/** An output's value; the SDK keeps its `promise` out of the typings. */
function promised(output: unknown): Promise<string> {
  return (output as { promise(): Promise<string> }).promise();
}
