import { createRequire } from "node:module";

import * as pulumi from "@pulumi/pulumi";
import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";

/** Resources that are known by their URN only; the SDK keeps these classes out of its typings. */
interface Dependencies {
  DependencyResource: new (urn: string) => pulumi.Resource;
  DependencyProviderResource: new (reference: string) => pulumi.ProviderResource;
}

const { DependencyResource, DependencyProviderResource } = createRequire(__filename)(
  "@pulumi/pulumi/resource",
) as Dependencies;

function alias(message: AliasMessage): string | pulumi.Alias {
  if (message.hasUrn()) return message.getUrn();
  const spec = message.getSpec();
  if (spec === undefined) return {};
  const parent = spec.hasParenturn() ? spec.getParenturn() : spec.getNoparent() ? pulumi.rootStackResource : undefined;
  return {
    ...(spec.getName() === "" ? {} : { name: spec.getName() }),
    ...(spec.getProject() === "" ? {} : { project: spec.getProject() }),
    ...(spec.getStack() === "" ? {} : { stack: spec.getStack() }),
    ...(parent === undefined ? {} : { parent }),
  };
}

/** The options that the program gave the component. */
export function optionsOf(request: ConstructRequest): pulumi.ComponentResourceOptions {
  const parent = request.getParent();
  const providers = request.getProvidersMap().getEntryList();
  const timeouts = request.getCustomtimeouts()?.toObject();
  return {
    aliases: request.getAliasesList().map(alias),
    dependsOn: request.getDependenciesList().map((urn) => new DependencyResource(urn)),
    ...(request.getProtect() === true ? { protect: true } : {}),
    providers: Object.fromEntries(
      providers.map(([name, reference]) => [name, new DependencyProviderResource(reference)]),
    ),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    ...(request.getRetainondelete() === true ? { retainOnDelete: true } : {}),
    ...(parent === "" ? {} : { parent: new DependencyResource(parent) }),
    ...(timeouts === undefined ? {} : { customTimeouts: timeouts }),
  };
}
