import { randomUUID } from "node:crypto";

import {
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  status,
  type UntypedHandleCall,
} from "@grpc/grpc-js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/resource_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { isRecord } from "../../../offline/provider/wire";

type Values = Record<string, JavaScriptValue>;

/** A registration as the recordings have it. */
export interface Registered {
  type: string;
  name: string;
  parent: string;
  inputs: Values;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  protect: boolean;
  provider: string;
}

/** What the monitor knows of a resource: its id and outputs. */
export interface Known {
  id: string;
  outputs: Values;
}

export function urnOf(reference: string): string {
  return `urn:pulumi:dev::rec::${reference}`;
}

/** `type::name` of a URN. */
export function referenceOf(urn: string): string {
  return /^urn:pulumi:[^:]*::[^:]*::(?:.*\$)?(.*::.*)$/.exec(urn)?.[1] ?? urn;
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Opens output values and drops nulls, as the engine does before it shows inputs. */
function plain(value: unknown): JavaScriptValue {
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return value as JavaScriptValue;
  if (value[SIGNATURE] === OUTPUT_VALUE) return plain(value["value"] ?? null);
  const present = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(present.map(([key, inner]) => [key, plain(inner)]));
}

/** The engine's side of a Construct: takes registrations, answers with what is known, and with data sources by token. */
export class Monitor {
  readonly registered: Registered[] = [];
  private readonly server = new Server();

  constructor(
    private readonly known: (reference: string) => Known,
    private readonly invoke: (token: string, args: Values) => Values,
  ) {}

  async start(): Promise<string> {
    const unary =
      (work: (request: unknown) => unknown): UntypedHandleCall =>
      (call: ServerUnaryCall<unknown, unknown>, callback: sendUnaryData<unknown>) => {
        try {
          callback(null, work(call.request));
        } catch (error) {
          callback({ code: status.INTERNAL, details: error instanceof Error ? (error.stack ?? "") : String(error) });
        }
      };
    const features = new pb.SupportsFeatureResponse();
    features.setHassupport(true);
    const handlers: Record<string, UntypedHandleCall> = {
      supportsFeature: unary(() => features),
      registerResource: unary((request) => this.register(request as pb.RegisterResourceRequest)),
      registerResourceOutputs: unary(() => new Empty()),
      registerPackage: unary(() => {
        const response = new pb.RegisterPackageResponse();
        response.setRef(randomUUID());
        return response;
      }),
      invoke: unary((request) => this.answer(request as pb.ResourceInvokeRequest)),
    };
    const missing: UntypedHandleCall = unary(() => {
      throw new Error("not answered by this monitor");
    });
    const all = Object.keys(ResourceMonitorService).map((name) => [name, handlers[name] ?? missing]);
    this.server.addService(ResourceMonitorService, Object.fromEntries(all) as Record<string, UntypedHandleCall>);
    const port = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    return `127.0.0.1:${port}`;
  }

  stop(): void {
    this.server.forceShutdown();
  }

  private register(request: pb.RegisterResourceRequest): pb.RegisterResourceResponse {
    const reference = `${request.getType()}::${request.getName()}`;
    const propertyDependencies: Record<string, string[]> = {};
    request.getPropertydependenciesMap().forEach((dependencies, key) => {
      const urns = dependencies.getUrnsList().map(referenceOf).sort();
      if (urns.length > 0) propertyDependencies[key] = urns;
    });
    this.registered.push({
      type: request.getType(),
      name: request.getName(),
      parent: request.getParent() === "" ? "" : referenceOf(request.getParent()),
      inputs: plain(request.getObject()?.toJavaScript() ?? {}) as Values,
      dependencies: request.getDependenciesList().map(referenceOf).sort(),
      propertyDependencies,
      protect: request.getProtect() ?? false,
      provider: request.getProvider(),
    });
    const response = new pb.RegisterResourceResponse();
    response.setUrn(urnOf(reference));
    if (!request.getCustom()) return response;
    const { id, outputs } = this.known(reference);
    response.setId(id);
    response.setObject(Struct.fromJavaScript({ ...(request.getObject()?.toJavaScript() ?? {}), ...outputs }));
    return response;
  }

  private answer(request: pb.ResourceInvokeRequest): InvokeResponse {
    const response = new InvokeResponse();
    response.setReturn(Struct.fromJavaScript(this.invoke(request.getTok(), request.getArgs()?.toJavaScript() ?? {})));
    return response;
  }
}
