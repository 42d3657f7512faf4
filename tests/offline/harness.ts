/**
 * The embedded AWS without the engine: one resource at a time, by type. What it does is what the provider does when the engine
 * asks, minus the wire.
 *
 *     const aws = embeddedAws();
 *     const vpc = await aws.up("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
 *     await aws.refuses("InvalidSubnet.Range", aws.up("aws:ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.1.0.0/24" }));
 */
import assert from "node:assert/strict";

import { AwsError } from "../../offline/aws-error";
import { temporaryFolder } from "../temporary-folder";
import type { Model, Props } from "../../offline/model";
import type { Checked } from "../../offline/provider/check";
import { Core, type State } from "../../offline/provider/core";
import type { Difference } from "../../offline/provider/diff";
import type { FaultSpec } from "../../offline/provider/faults";
import { placeIn } from "../../offline/provider/place";
import type { Thing } from "../../offline/world";

export interface HarnessOptions {
  region?: string;
  previewIds?: boolean;
  faults?: readonly FaultSpec[];
  /** Other models than the real ones. */
  modelOf?: (type: string) => Model | undefined;
  /** Keep it to start a second time on the same world. */
  worldDirectory?: string;
}

/** What Check found, as an error: so that `refuses` tells refusals before and by the API alike. */
export class CheckFailed extends Error {
  constructor(readonly checked: Checked) {
    super(checked.problems.map(({ property, error }) => `${property}: ${error.code}: ${error.message}`).join("\n"));
  }
}

export class EmbeddedAws {
  readonly core: Core;
  readonly notices: string[] = [];
  readonly worldDirectory: string;
  private readonly region: string;

  constructor(options: HarnessOptions) {
    this.region = options.region ?? "ap-northeast-1";
    this.worldDirectory = options.worldDirectory ?? temporaryFolder("world");
    this.core = new Core({
      worldDirectory: this.worldDirectory,
      previewIds: options.previewIds ?? true,
      faults: options.faults ?? [],
      ...(options.modelOf === undefined ? {} : { modelOf: options.modelOf }),
      log: () => undefined,
      notice: (_urn, text) => this.notices.push(text),
    });
  }

  urn(type: string, name: string): string {
    return `urn:pulumi:dev::test::${type}::${name}`;
  }

  private settings(region = this.region): { region: string; defaultTags: Props } {
    return { region, defaultTags: {} };
  }

  check(type: string, name: string, inputs: Props, olds?: Props): Checked {
    return this.core.check(this.settings(), this.urn(type, name), olds, inputs);
  }

  /** Checked inputs. @throws CheckFailed */
  checked(type: string, name: string, inputs: Props, olds?: Props): Props {
    const checked = this.check(type, name, inputs, olds);
    if (checked.problems.length > 0) throw new CheckFailed(checked);
    return checked.inputs;
  }

  create(type: string, name: string, checkedInputs: Props): Promise<State> {
    return this.core.create(this.settings(), this.urn(type, name), checkedInputs, false);
  }

  /** Check and create, as `pulumi up` does for a new resource. @throws CheckFailed, AwsError */
  async up(type: string, name: string, inputs: Props): Promise<State> {
    return this.create(type, name, this.checked(type, name, inputs));
  }

  /** Check and create, as `pulumi preview` does. @throws CheckFailed, AwsError */
  async preview(type: string, name: string, inputs: Props): Promise<State> {
    return this.core.create(this.settings(), this.urn(type, name), this.checked(type, name, inputs), true);
  }

  diff(type: string, name: string, state: State, inputs: Props): Difference {
    return this.core.diff(this.urn(type, name), state.id, state.inputs, this.checked(type, name, inputs, state.inputs));
  }

  /** Check and update in place. @throws CheckFailed, AwsError */
  async update(type: string, name: string, state: State, inputs: Props): Promise<State> {
    const news = this.checked(type, name, inputs, state.inputs);
    return this.core.update(this.settings(), this.urn(type, name), state.id, state.outputs, news, false);
  }

  delete(type: string, name: string, state: State): Promise<void> {
    return this.core.delete(this.settings(), this.urn(type, name), state.id, state.outputs);
  }

  /** `undefined` when it doesn't exist. */
  read(type: string, name: string, id: string, state?: State): State | undefined {
    return this.core.read(this.settings(), this.urn(type, name), id, state ?? { inputs: {}, outputs: {} });
  }

  /** What exists, AWS-made companions included. */
  things(type?: string): Thing[] {
    const all = this.core.store(this.urn("aws:ec2/vpc:Vpc", "any")).all();
    return type === undefined ? all : all.filter((thing) => thing.type === type);
  }

  find(type: string, id: string): Thing | undefined {
    return this.core.store(this.urn(type, "any")).find(type, id, placeIn(this.region));
  }

  /** Asserts that the operation is refused with this code, by check or by the API, and returns the message. */
  async refuses(code: string, operation: Promise<unknown>): Promise<string> {
    const error: unknown = await operation.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof CheckFailed) {
      assert.ok(
        error.checked.problems.some((problem) => problem.error.code === code),
        `expected ${code}, but:\n${error.message}`,
      );
      return error.message;
    }
    assert.ok(
      error instanceof AwsError,
      `expected ${code}, but: ${error instanceof Error ? String(error) : "accepted"}`,
    );
    assert.equal(error.code, code, error.message);
    return error.message;
  }
}

/** A new embedded AWS with an empty world of its own. */
export function embeddedAws(options: HarnessOptions = {}): EmbeddedAws {
  return new EmbeddedAws(options);
}
