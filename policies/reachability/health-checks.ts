import { balancerPorts } from "./axioms";
import type { Certainty } from "./certainty";
import { begin, type Course } from "./course";
import type { Link } from "./forwardings";
import { IntervalSet } from "./interval-set";
import type { Network } from "./network";
import { backToNode, fromNode } from "./node-traffic";
import { remembered } from "./remembered";
import type { InterfaceSite } from "./sites";
import { checkedPortsOf } from "./target-ports";
import { Traffic } from "./traffic";

/**
 * Does the health check of a target get through, and its answer back? It comes from the node's own address and groups, over TCP whatever the
 * traffic: "health check protocol … HTTP, HTTPS, TCP", for UDP targets too (Network Load Balancers guide, "Health checks").
 */
export function healthOf(network: Network, link: Link, node: InterfaceSite, site: InterfaceSite): Certainty {
  const ports = checkedPortsOf(link);
  if (ports === undefined) return "perhaps";
  const ends = [node, site].map(({ subnet, hop, addresses }) => [
    subnet.resource.urn,
    hop.urn ?? "",
    textOf(addresses),
  ]);
  const key = `health ${[...ends.flat(), textOf(ports)].join(" ")}`;
  return remembered(network.links, key, () => checked(network, node, site, ports));
}

function textOf({ intervals }: IntervalSet): string {
  return intervals.map(({ low, high }) => `${low}-${high}`).join();
}

function checked(network: Network, node: InterfaceSite, site: InterfaceSite, ports: IntervalSet): Certainty {
  const asked = Traffic.where({
    source: node.addresses,
    destination: site.addresses,
    protocol: IntervalSet.range(6, 6),
    sourcePorts: balancerPorts,
    ports,
  });
  const each: Course["each"] = [
    "sourcePorts",
    ...(node.exact ? [] : (["source"] as const)),
    ...(site.exact ? [] : (["destination"] as const)),
  ];
  const { works } = backToNode(network, fromNode(network, begin(asked, node.hop, each), node, site), node, site);
  if (works.may.isEmpty) return "no";
  return works.must.isEmpty ? "perhaps" : "yes";
}
