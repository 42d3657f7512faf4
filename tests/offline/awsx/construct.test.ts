import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { isRecord } from "../../../offline/provider/wire";
import { construct } from "../../../offline/awsx/construct";
import { type Known, Monitor, type Registered, referenceOf, urnOf } from "./monitor";

type Values = Record<string, JavaScriptValue>;

interface RecordedResource {
  type: string;
  name: string;
  parent: { type: string; name: string } | null;
  registeredBy: string;
  inputs: Values;
  id?: string;
  protect: boolean;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
}

interface Recording {
  args: Record<string, Values>;
  components: Record<
    string,
    {
      options: { protect?: boolean };
      argDependencies: Record<string, string[]>;
      outputs: Values;
      outputDependencies: Record<string, string[]>;
    }
  >;
  resources: RecordedResource[];
}

const FOLDER = join(__dirname, "recordings");
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const SIGNATURE = "4dabf18193072939515e22adb298388d";

function recording(name: string): Recording {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")) as Recording;
}

/** A recorded argument as the engine sends it: references to resources by URN, values that depend on resources as output values. */
function wire(value: unknown, ids: ReadonlyMap<string, string>): JavaScriptValue {
  if (typeof value === "string") {
    const owner = ids.get(value);
    if (owner === undefined) return value;
    return { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value, dependencies: [urnOf(owner)] };
  }
  if (Array.isArray(value)) return value.map((element) => wire(element, ids));
  if (!isRecord(value)) return value as JavaScriptValue;
  const reference = value["resource"];
  if (typeof reference === "string") {
    return { [SIGNATURE]: REFERENCE, urn: urnOf(reference), id: text(value["id"]) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wire(inner, ids)]));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

class Replay {
  private readonly ids = new Map<string, string>();
  private readonly known = new Map<string, Known>();

  constructor(private readonly recorded: Recording) {
    for (const { type, name, id, inputs, registeredBy } of recorded.resources) {
      if (id === undefined) continue;
      const reference = `${type}::${name}`;
      if (registeredBy === "program") this.ids.set(id, reference);
      this.known.set(reference, { id, outputs: { ...inputs, ...(id.startsWith("arn:") ? { arn: id } : {}) } });
    }
  }

  private answer = (token: string, args: Values): Values => {
    if (token === "aws:ec2/getSubnet:getSubnet") return { ...args, vpcId: this.vpcOf(text(args["id"])) };
    if (token === "aws:lb/getTargetGroup:getTargetGroup") return { ...args, ...this.byId(text(args["arn"]))?.outputs };
    if (token === "aws:ec2/getInstance:getInstance") {
      const id = text(args["instanceId"]);
      return { ...args, ...this.byId(id)?.outputs, id };
    }
    if (token === "pulumi:pulumi:getResource") {
      const urn = text(args["urn"]);
      const found = this.known.get(referenceOf(urn));
      assert.ok(found, `getResource of ${urn}`);
      return { urn, id: found.id, state: found.outputs };
    }
    throw new Error(`not recorded: ${token}`);
  };

  private byId(id: string): Known | undefined {
    return [...this.known.values()].find((known) => known.id === id);
  }

  private vpcOf(subnet: string): string {
    return text(this.byId(subnet)?.outputs["vpcId"] ?? "vpc-default");
  }

  async run(component: string): Promise<{ registered: Registered[]; response: pb.ConstructResponse }> {
    const [type = "", name = ""] = component.split("::");
    const details = this.recorded.components[component];
    const monitor = new Monitor(
      (reference) => this.known.get(reference) ?? assert.fail(`${reference} isn't in the recording`),
      this.answer,
    );
    const request = new pb.ConstructRequest();
    request.setProject("rec");
    request.setStack("dev");
    request.setType(type);
    request.setName(name);
    request.setAcceptsOutputValues(true);
    request.setProtect(details?.options.protect === true);
    request.setInputs(Struct.fromJavaScript(wire(this.recorded.args[component] ?? {}, this.ids) as Values));
    for (const [key, references] of Object.entries(details?.argDependencies ?? {})) {
      const dependencies = new pb.ConstructRequest.PropertyDependencies();
      dependencies.setUrnsList(references.map(urnOf));
      request.getInputdependenciesMap().set(key, dependencies);
    }
    const address = await monitor.start();
    request.setMonitorendpoint(address);
    try {
      return { response: await construct(request, address), registered: monitor.registered };
    } finally {
      monitor.stop();
    }
  }
}

function byName(left: { type: string; name: string }, right: { type: string; name: string }): number {
  return left.type + left.name < right.type + right.name ? -1 : 1;
}

function expected(recorded: Recording, component: string): Omit<Registered, "provider">[] {
  const children = recorded.resources.filter(({ registeredBy, parent }) => registeredBy === "awsx" && parent !== null);
  return children
    .filter(({ parent }) => `${parent?.type ?? ""}::${parent?.name ?? ""}` === component)
    .map(({ type, name, inputs, dependencies, propertyDependencies, protect }) => ({
      type,
      name,
      parent: component,
      inputs,
      dependencies,
      propertyDependencies,
      protect,
    }))
    .sort(byName);
}

/** `{resource, id}` where the wire has a resource reference. */
function unwire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwire);
  if (!isRecord(value)) return value;
  if (value[SIGNATURE] === REFERENCE) return { resource: referenceOf(text(value["urn"])), id: text(value["id"]) };
  if (value[SIGNATURE] !== undefined) return unwire(value["value"]);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwire(inner)]));
}

describe("the awsx stand-in registers what the real plugin registers", () => {
  const cases = readdirSync(FOLDER).filter((file) => file.endsWith(".json") && file !== "errors.json");
  for (const file of cases) {
    const recorded = recording(file.replace(/\.json$/, ""));
    for (const component of Object.keys(recorded.args)) {
      it(`${file}: ${component}`, async () => {
        const { registered, response } = await new Replay(recorded).run(component);
        const children = registered
          .filter(({ type }) => !type.startsWith("awsx:"))
          .map(({ provider: _provider, ...child }) => child)
          .sort(byName);
        assert.deepEqual(children, expected(recorded, component));
        const details = recorded.components[component];
        assert.deepEqual(unwire(response.getState()?.toJavaScript() ?? {}), details?.outputs);
        const dependencies: Record<string, string[]> = {};
        response.getStatedependenciesMap().forEach((urns, key) => {
          const named = urns.getUrnsList().map(referenceOf).sort();
          if (named.length > 0) dependencies[key] = named;
        });
        assert.deepEqual(dependencies, details?.outputDependencies);
      });
    }
  }
});

describe("the awsx stand-in refuses what the real plugin refuses", () => {
  const { cases } = JSON.parse(readFileSync(join(FOLDER, "errors.json"), "utf8")) as {
    cases: { case: string; program: string; error: string | null }[];
  };
  for (const { case: name, program, error } of cases) {
    const [, kind, args] = /new awsx\.lb\.(\w+)\("x", (.*)\);/.exec(program) ?? [];
    if (kind === undefined || args === undefined || error === null) continue;
    it(name, async () => {
      // The recorded programs are literals: names without quotes are all that JSON lacks.
      const inputs = JSON.parse(args.replace(/([{,] ?)(\w+):/g, '$1"$2":')) as Values;
      const component = `awsx:lb:${kind}::x`;
      const message = error.replace(/^.* has a problem: /, "");
      await assert.rejects(
        new Replay({ args: { [component]: inputs }, components: {}, resources: [] }).run(component),
        { message },
      );
    });
  }

  it("and says which file to add for a component that it doesn't have", async () => {
    const component = "awsx:ec2:Vpc::x";
    await assert.rejects(new Replay({ args: { [component]: {} }, components: {}, resources: [] }).run(component), {
      message: /no stand-in for awsx:ec2:Vpc: add offline\/awsx\/vpc\.ts/,
    });
  });
});
