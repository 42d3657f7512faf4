/** Places where a change survives because it changes no answer; the line is looked for as text, so that it may move. */
export const equivalents: readonly { readonly file: string; readonly line: string; readonly why: string }[] = [
  {
    file: "interval-set.ts",
    line: "sort((a, b) =>",
    why: "no difference: intervals with the same beginning may come in either order, they merge into one",
  },
  {
    file: "group-references.ts",
    line: 'if (same === "yes") return same;',
    why: "no difference: a shortcut, any() says the same",
  },
  {
    file: "group-references.ts",
    line: "const transited =",
    why: 'no difference: any() looks for "yes" and "perhaps" only',
  },
  {
    file: "network-acls.ts",
    line: "number: undefined, action: UNKNOWN",
    why: "no difference: a rule without a number has no certain place anyway",
  },
  {
    file: "network-acls.ts",
    line: "if (!isVpc(resource)) return resource;",
    why: "no difference: a shortcut, nothing adopts what is no VPC",
  },
  {
    file: "peering.ts",
    line: "if (resource.type === connectionType) return resource;",
    why: "no difference: a connection refers to no other connection",
  },
  {
    file: "peering.ts",
    line: 'if (!mayBe(link, connection)) return "no";',
    why: 'no difference: any() looks for "yes" and "perhaps" only',
  },
  {
    file: "peering.ts",
    line: 'return all(accepts, isExactly(link, connection) ? "yes" : "perhaps");',
    why: 'no difference: all() looks for "no" and "perhaps" only',
  },
  {
    file: "peering.ts",
    line: 'return status === "active" ? "yes" : "no";',
    why: 'no difference: any() looks for "yes" and "perhaps" only',
  },
  {
    file: "peering.ts",
    line: 'if (known === "yes") return "yes";',
    why: 'no difference: all() looks for "no" and "perhaps" only',
  },
  {
    file: "peering.ts",
    line: 'return own === peer ? "yes" : "no";',
    why: 'no difference: all() looks for "no" and "perhaps" only',
  },
  {
    file: "peering.ts",
    line: "if (own === undefined || peer === undefined)",
    why: 'no difference: all() looks for "no" and "perhaps" only',
  },
  {
    file: "security-groups.ts",
    line: 'external: false }, "self")',
    why: "no difference: a word of a text that is never asked for, as the group is certain",
  },
  {
    file: "security-groups.ts",
    line: "if (!isVpc(resource)) return resource;",
    why: "no difference: a shortcut, nothing adopts what is no VPC",
  },
  {
    file: "verdicts.ts",
    line: 'request === "blocked" ? course.blockedBy',
    why: "no difference: nothing has blocked the reply while some replies get back",
  },
];
