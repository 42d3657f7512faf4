import { type sendUnaryData, type ServerUnaryCall, status } from "@grpc/grpc-js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Invokes } from "../invokes";
import type { Problem, Props } from "../model";
import type { Autonaming } from "./autoname";
import { reasonOf } from "./check";
import type { Core, State } from "./core";
import type { Change, Difference } from "./diff";
import { refusal, serviceError } from "./grpc-errors";
import { type Instances, settingsFrom } from "./instances";
import { parseUrn } from "./urn";
import { decode, encode, type Secrets } from "./wire";

/** The version whose behaviour is shown; the same as `@pulumi/aws` in package.json. */
const VERSION = "7.43.0";

type Handler<Request, Response> = (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void;

/** Answers with what `work` resolves to; errors become refusals that say what was being done. */
export function answer<Request, Response>(
  doing: (request: NoInfer<Request>) => string,
  work: (request: Request, peer: string) => Promise<Response> | Response,
): Handler<Request, Response> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await work(call.request, call.getPeer()));
      } catch (error) {
        callback(refusal(doing(call.request), error));
      }
    })();
  };
}

/** For parts of the protocol that the provider doesn't have. */
export function unimplemented<Request, Response>(name: string): Handler<Request, Response> {
  return (_call, callback) => {
    callback(serviceError(status.UNIMPLEMENTED, `The embedded AWS doesn't implement ${name}`));
  };
}

const named =
  (verb: string) =>
  (request: { getUrn(): string }): string => {
    const { type, name } = parseUrn(request.getUrn());
    return `${verb} ${type} (${name})`;
  };

function autonamingOf(request: pb.CheckRequest): Autonaming | undefined {
  const options = request.getAutonaming();
  if (options === undefined) return undefined;
  const modes = ["propose", "enforce", "disable"] as const;
  return { mode: modes[options.getMode()] ?? "propose", proposedName: options.getProposedName() };
}

function checkFailure(property: string, reason: string): pb.CheckFailure {
  const failure = new pb.CheckFailure();
  failure.setProperty(property);
  failure.setReason(reason);
  return failure;
}

/** The engine shows the value of a top-level property that was given; for any other place the message names it. */
function failureOf({ property, error }: Problem, news: Props): pb.CheckFailure {
  if (property in news) return checkFailure(property, reasonOf(error));
  return checkFailure(
    "",
    error.message.includes(property) ? reasonOf(error) : `${reasonOf(error)} (property \`${property}\`)`,
  );
}

function propertyDiff({ kind, replaces }: Change): pb.PropertyDiff {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = pb.PropertyDiff.Kind;
  const kinds = {
    add: [ADD, ADD_REPLACE],
    delete: [DELETE, DELETE_REPLACE],
    update: [UPDATE, UPDATE_REPLACE],
  } as const;
  const found = new pb.PropertyDiff();
  found.setKind(kinds[kind][replaces ? 1 : 0]);
  found.setInputdiff(true);
  return found;
}

function diffResponse({ changes, deleteBeforeReplace }: Difference): pb.DiffResponse {
  const response = new pb.DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = pb.DiffResponse.DiffChanges;
  const top = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;
  response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...new Set(changes.map(({ path }) => top(path)))]);
  response.setReplacesList([...new Set(changes.filter(({ replaces }) => replaces).map(({ path }) => top(path)))]);
  response.setHasdetaileddiff(true);
  response.setDeletebeforereplace(deleteBeforeReplace);
  for (const change of changes) response.getDetaileddiffMap().set(change.path, propertyDiff(change));
  return response;
}

function properties(state: State, given: Secrets): Struct {
  return encode(state.outputs, { ...given, ...state.secrets });
}

/** Old inputs; engines that don't send them get by with the old outputs. */
function oldInputs(request: { getOldInputs(): Struct | undefined; getOlds(): Struct | undefined }): Props {
  return decode(request.getOldInputs() ?? request.getOlds()).props;
}

/** The gRPC service that the engine attaches to. */
export function providerService(
  core: Core,
  instances: Instances,
  invokes: Invokes,
  setEngine: (address: string) => void,
): IResourceProviderServer {
  return {
    handshake: answer(
      () => "handshake",
      (request) => {
        setEngine(request.getEngineAddress());
        const response = new pb.ProviderHandshakeResponse();
        response.setAcceptSecrets(true);
        response.setSupportsAutonamingConfiguration(true);
        return response;
      },
    ),
    attach: answer(
      () => "attach",
      (request) => {
        setEngine(request.getAddress());
        return new Empty();
      },
    ),
    getPluginInfo: answer(
      () => "getPluginInfo",
      () => {
        const info = new PluginInfo();
        info.setVersion(VERSION);
        return info;
      },
    ),
    checkConfig: answer(
      () => "checking the provider's configuration",
      (request) => {
        const response = new pb.CheckResponse();
        response.setInputs(request.getNews());
        const region = decode(request.getNews()).props["region"];
        if (region === "") response.addFailures(checkFailure("region", "The region must not be empty"));
        return response;
      },
    ),
    diffConfig: answer(
      () => "comparing the provider's configuration",
      (request) => {
        const response = new pb.DiffResponse();
        const [before, after] = [oldInputs(request)["region"], decode(request.getNews()).props["region"]];
        if (before !== after) response.setReplacesList(["region"]);
        response.setChanges(
          before === after ? pb.DiffResponse.DiffChanges.DIFF_UNKNOWN : pb.DiffResponse.DiffChanges.DIFF_SOME,
        );
        return response;
      },
    ),
    configure: answer(
      () => "configuring the provider",
      (request, peer) => {
        instances.configure(peer, settingsFrom(decode(request.getArgs()).props, process.env));
        core.refreshStores();
        const response = new pb.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setSupportspreview(true);
        response.setSupportsAutonamingConfiguration(true);
        return response;
      },
    ),
    check: answer(named("checking"), (request, peer) => {
      const news = decode(request.getNews());
      const olds = request.getOlds();
      const previous =
        olds === undefined || Object.keys(decode(olds).props).length === 0 ? undefined : decode(olds).props;
      const checked = core.check(instances.of(peer), request.getUrn(), previous, news.props, autonamingOf(request));
      const response = new pb.CheckResponse();
      response.setInputs(encode(checked.inputs, news.secrets));
      response.setFailuresList(checked.problems.map((problem) => failureOf(problem, news.props)));
      return response;
    }),
    diff: answer(named("comparing"), (request) =>
      diffResponse(core.diff(request.getUrn(), request.getId(), oldInputs(request), decode(request.getNews()).props)),
    ),
    create: answer(named("creating"), async (request, peer) => {
      const news = decode(request.getProperties());
      const state = await core.create(instances.of(peer), request.getUrn(), news.props, request.getPreview());
      const response = new pb.CreateResponse();
      response.setId(state.id);
      response.setProperties(properties(state, news.secrets));
      return response;
    }),
    update: answer(named("updating"), async (request, peer) => {
      const news = decode(request.getNews());
      const olds = decode(request.getOlds()).props;
      const state = await core.update(
        instances.of(peer),
        request.getUrn(),
        request.getId(),
        olds,
        news.props,
        request.getPreview(),
      );
      const response = new pb.UpdateResponse();
      response.setProperties(properties(state, news.secrets));
      return response;
    }),
    delete: answer(named("deleting"), async (request, peer) => {
      await core.delete(instances.of(peer), request.getUrn(), request.getId(), decode(request.getProperties()).props);
      return new Empty();
    }),
    read: answer(named("reading"), (request, peer) => {
      const [inputs, outputs] = [decode(request.getInputs()), decode(request.getProperties())];
      const state = core.read(instances.of(peer), request.getUrn(), request.getId(), {
        inputs: inputs.props,
        outputs: outputs.props,
      });
      const response = new pb.ReadResponse();
      // An empty id tells the engine that it is gone.
      if (state === undefined) return response;
      response.setId(state.id);
      response.setInputs(encode(state.inputs, inputs.secrets));
      response.setProperties(properties(state, { ...outputs.secrets, ...inputs.secrets }));
      return response;
    }),
    invoke: answer(
      (request) => `invoking ${request.getTok()}`,
      (request, peer) => {
        const args = decode(request.getArgs()).props;
        const result = invokes.invoke(instances.of(peer), request.getTok(), args, request.getPreview());
        const response = new pb.InvokeResponse();
        response.setReturn(encode(result));
        return response;
      },
    ),
    cancel: answer(
      () => "cancel",
      () => new Empty(),
    ),
    getMapping: answer(
      () => "getMapping",
      () => new pb.GetMappingResponse(),
    ),
    getMappings: answer(
      () => "getMappings",
      () => new pb.GetMappingsResponse(),
    ),
    parameterize: unimplemented("Parameterize"),
    getSchema: unimplemented("GetSchema"),
    call: unimplemented("Call"),
    construct: unimplemented("Construct"),
    list: (call) => {
      call.emit("error", serviceError(status.UNIMPLEMENTED, "The embedded AWS doesn't implement List"));
    },
  };
}
