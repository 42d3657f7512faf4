/**
 * The contract between the provider's core and the model of one AWS resource type.
 *
 * The core does what holds for every type: unknown and missing properties, defaults and auto-names, secrets, previews,
 * the generation counter, persistence, faults. A model says only what AWS does for its type. One file a model, named by the type
 * (`offline/models/ec2/subnet.ts`), default export, listed in `offline/models/index.ts`.
 */
import type { AwsError } from "./aws-error";
import type { IdSource } from "./ids";
import type { World } from "./world";

/** Plain property values as Pulumi's wire format decodes them; `UNKNOWN` stands where a preview doesn't know yet. */
export type Props = Record<string, unknown>;

/** What a property is found wrong with, in `check` (before any API call). */
export interface Problem {
  /** Path of the property, e.g. `ingress[0].fromPort`. */
  property: string;
  error: AwsError;
}

/** Where a resource lives: from the provider's configuration and the resource's own `region`. */
export interface Place {
  partition: string;
  region: string;
  accountId: string;
}

interface InputsInPlace {
  readonly place: Place;
  /** Inputs after defaults and auto-name. Values may be `UNKNOWN` at any depth: use `known` from `./unknown` before looking at one. */
  readonly inputs: Props;
}

export interface CheckContext extends InputsInPlace {
  /** Which top-level inputs were filled in: by a default, or by auto-naming. */
  readonly filledIn: ReadonlySet<string>;
}

export interface OperationContext extends InputsInPlace {
  readonly urn: string;
  /** Deterministic ids of this generation of the resource, the same in preview and up. */
  readonly ids: IdSource;
  /** What exists, in this place; in a preview an overlay that holds what this preview has created so far. */
  readonly world: World;
  readonly preview: boolean;
}

export interface Created {
  id: string;
  /** Computed outputs; the core lays them over the inputs. `undefined` values are dropped, `null` ones kept. */
  outputs: Props;
}

/** How pulumi-aws names a type's resources that have no name. Source: its `provider/resources.go`; without an entry there, see `defaultAutoName`. */
export interface AutoName {
  /** Input that gets `<logical name><separator><hex digits>` when absent. */
  property: string;
  /** Longest name that pulumi-aws makes; a logical name that is too long for it is refused, never cut. */
  maxLength: number;
  /** Default `-`. */
  separator?: string;
  /** How many hex digits; default 7. */
  digits?: number;
  /** e.g. lower-cases the name of a bucket. */
  transform?: (name: string) => string;
  suffix?: (inputs: Props) => string;
}

export interface Model {
  /** e.g. `aws:ec2/subnet:Subnet`. */
  readonly type: string;
  readonly autoName?: AutoName | ((inputs: Props) => AutoName);
  /** Defaults that the provider's Check fills in (the ones that turn up in `__defaults`). */
  readonly defaults?: Props;
  /** The same inside the objects that are given, by their dotted path (`instanceRefresh.preferences`). */
  readonly nestedDefaults?: Readonly<Record<string, Props>>;
  /** Inputs whose change replaces the resource (top-level name or dotted path), from the Terraform provider's ForceNew. */
  readonly replaceOn: readonly string[];
  /**
   * Inputs whose change replaces the resource this time (top-level name or dotted path), by what they were and will be: the Terraform
   * provider's `ForceNewIf` and `CustomizeDiff`. Values may be `UNKNOWN`. Only those that differ count.
   */
  replaceIf?(olds: Props, news: Props): readonly string[];
  /** Lists among the inputs whose order matters (dotted path); AWS keeps all others as sets, so that reordering them changes nothing. */
  readonly ordered?: readonly string[];
  /** AWS can't hold the old and the new one at the same time, whatever their names: the old one goes first. */
  readonly deleteBeforeReplace?: boolean;
  /** Rules about this resource alone. Not called for what the core checks already. */
  check?(context: CheckContext): Problem[];
  /** Rules that need the world, then id and outputs. Throws `AwsError`. It does not write to the world for the resource itself, but may put AWS-made companions (a VPC's main route table) there. */
  create(context: OperationContext): Created;
  /** New computed outputs after an update in place; default: outputs of the old state, laid under the new inputs. Throws `AwsError`. */
  update?(context: OperationContext, old: { id: string; outputs: Props }): Props;
  /** Throws what AWS refuses (`DependencyViolation`, …), removes companions. */
  delete?(context: OperationContext, old: { id: string; outputs: Props }): void;
  /** For resources that adopt something AWS made (`DefaultSecurityGroup`): nothing is created, deletion only forgets. */
  readonly adopts?: boolean;
  /** The input within whose value the type's ids are unique, where the real provider's ids aren't so in the whole Region. */
  readonly idWithin?: string;
  /** Outputs that are secret besides those the typings name. */
  readonly secretOutputs?: readonly string[];
}
