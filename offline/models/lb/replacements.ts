/** Which changes of a load balancer only a new one can have. */
import type { Props } from "../../model";
import { equal } from "../../provider/equal";
import { known } from "../../unknown";
import { given } from "../values";
import { kindOf } from "./placement";

function elements(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** How many of `some` are among `others`. */
function shared(some: readonly unknown[], others: readonly unknown[]): number {
  return some.filter((one) => others.some((other) => equal(one, other))).length;
}

function sameSet(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && shared(some, others) === some.length;
}

/** Subnets may be named by either of two properties; the load balancer has both in the end. */
function mappingsOf(inputs: Props): unknown[] {
  if (given(inputs["subnetMappings"])) return elements(inputs["subnetMappings"]);
  return elements(inputs["subnets"]).map((subnetId) => ({ subnetId }));
}

function subnetsOf(inputs: Props): unknown[] {
  if (given(inputs["subnets"])) return elements(inputs["subnets"]);
  return elements(inputs["subnetMappings"]).map((mapping) => (mapping as Props)["subnetId"]);
}

/** Mappings may come; on application load balancers they may go as well; one that stays keeps its addresses. */
function mappingsReplace(olds: readonly unknown[], news: readonly unknown[], kind: string): boolean {
  if (news.length >= olds.length) return shared(olds, news) < olds.length;
  return kind === "network" || shared(news, olds) < news.length;
}

/**
 * A network load balancer can't lose or swap subnets, can't get its first security group and can't lose its last; mappings of subnets
 * keep their addresses. Source: the Terraform provider's `customizeDiffLoadBalancerNLB` and `…ALB`. What isn't known yet replaces nothing.
 */
export function replacedBy(olds: Props, news: Props): string[] {
  const kind = kindOf(news);
  if (kind !== "network" && kind !== "application") return [];
  const settled = (name: string): boolean => given(news[name]) && known([olds[name], news[name]]);
  const replaced: string[] = [];
  if (settled("subnetMappings") && known(olds["subnets"]) && mappingsReplace(mappingsOf(olds), mappingsOf(news), kind))
    replaced.push("subnetMappings");
  if (kind === "application") return replaced;
  if (settled("subnets") && known(olds["subnetMappings"])) {
    const [had, has] = [subnetsOf(olds), subnetsOf(news)];
    if (has.length <= had.length && !sameSet(had, has)) replaced.push("subnets");
  }
  if (settled("securityGroups")) {
    const [had, has] = [elements(olds["securityGroups"]), elements(news["securityGroups"])];
    if ((had.length === 0) !== (has.length === 0)) replaced.push("securityGroups");
  }
  return replaced;
}
