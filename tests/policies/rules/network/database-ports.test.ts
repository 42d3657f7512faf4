import assert from "node:assert/strict";
import { IntervalSet } from "../../../../policies/reachability/interval-set";
import { Links } from "../../../../policies/reachability/links";
import { UNKNOWN } from "../../../../policies/reachability/resources";
import { portsOfDatabase } from "../../../../policies/rules/network/database-ports";
import { hide } from "../../hidden-values";
import { Stack } from "../../stack";

type Inputs = Parameters<Stack["add"]>[2];

function portOf(stack: Stack, name: string, deployed = true) {
  const resources = stack.resources(deployed);
  const database = resources.find((each) => each.name === name);
  assert.ok(database);
  return portsOfDatabase(new Links(resources), database);
}

const instance = (inputs: Inputs) => {
  const stack = new Stack();
  stack.add("aws:rds/instance:Instance", "db", inputs);
  return portOf(stack, "db");
};
const one = (port: number) => IntervalSet.range(port, port);

describe("the port of a database", () => {
  it("is the one given, else its engine's", () => {
    const found = [
      instance({ engine: "postgres", port: 6432 }),
      instance({ engine: "postgres" }),
      instance({ engine: "sqlserver-ex" }),
      instance({ engine: "oracle-se2" }),
      instance({ engine: "aurora-postgresql" }),
      instance({ engine: "aurora-mysql" }),
    ];
    assert.deepEqual(found, [6432, 5432, 1433, 1521, 5432, 3306].map(one));
  });

  it("is its cluster's", () => {
    const stack = new Stack();
    const cluster = stack.add("aws:docdb/cluster:Cluster", "docs", { port: 27018 });
    stack.add("aws:docdb/clusterInstance:ClusterInstance", "machine", { clusterIdentifier: cluster.id });
    assert.deepEqual(portOf(stack, "machine"), one(27018));
  });

  it("is its service's where the cluster gives none", () => {
    const stack = new Stack();
    stack.add("aws:neptune/cluster:Cluster", "graph", {});
    assert.deepEqual(portOf(stack, "graph"), one(8182));
  });

  it("isn't known of another engine, nor while the program's value isn't", () => {
    assert.equal(instance({ engine: "db2-se" }), undefined);
    const stack = new Stack();
    stack.add("aws:rds/instance:Instance", "db", { engine: "postgres", port: 5432 });
    const [database] = stack.resources(true).map((each) => hide(each, ["port"]));
    assert.ok(database);
    assert.equal(database.props.port, UNKNOWN);
    assert.equal(portsOfDatabase(new Links([database]), database), undefined);
  });
});
