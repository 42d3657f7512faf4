import type { Resource } from "../../policies/reachability/resources";

const provider = { urn: "urn:pulumi:test::stack::pulumi:providers:aws::default", id: "1" };

/** A deployed stack as `pulumi stack export` writes it: every resource behind those that it depends on, all of one provider. */
export function stateOf(resources: readonly Resource[]): object {
  const inputs = { region: "ap-northeast-1" };
  const own = { ...provider, type: "pulumi:providers:aws", custom: true, inputs, outputs: inputs };
  const rest = resources.map(({ urn, type, props, propertyDependencies }) => {
    const { id, ...given } = props;
    return {
      urn,
      custom: true,
      id,
      type,
      inputs: Object.fromEntries(Object.keys(propertyDependencies).map((key) => [key, given[key]])),
      outputs: props,
      provider: `${provider.urn}::${provider.id}`,
      propertyDependencies,
      dependencies: [...new Set(Object.values(propertyDependencies).flat())],
    };
  });
  return { version: 3, deployment: { manifest: { time: "2027-01-01T00:00:00Z" }, resources: [own, ...rest] } };
}
