import { type Declared, declaredBy } from "./communications/stack-output";
import { Links } from "./reachability/links";
import { type Network, readNetwork } from "./reachability/network";
import { type Resource, UNKNOWN } from "./reachability/resources";

/** What every rule judges: a stack's resources, with what can be read from them once for all rules. */
export class StackModel {
  private knownLinks: Links | undefined;
  private knownNetwork: Network | undefined;
  private knownDeclared: Declared | undefined;

  constructor(readonly resources: readonly Resource[]) {}

  get links(): Links {
    this.knownLinks ??= this.knownNetwork?.links ?? new Links(this.resources);
    return this.knownLinks;
  }

  get network(): Network {
    this.knownNetwork ??= readNetwork(this.resources);
    return this.knownNetwork;
  }

  /** The communications matrix in the stack's outputs. */
  get declared(): Declared {
    this.knownDeclared ??= declaredBy(this.resources);
    return this.knownDeclared;
  }

  /** Something doesn't exist yet, so that the deployment will tell more. */
  get isIncomplete(): boolean {
    return this.resources.some(({ type, props: { id } }) => type.startsWith("aws:") && (id === UNKNOWN || id === ""));
  }
}
