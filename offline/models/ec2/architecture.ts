/** Which processor an instance type has, by its name: Graviton families have a `g` right after the generation (`t4g`, `im4gn`), and `a1`. */
const ARM = /^(a1|mac2[\w-]*|[a-z]+\d+g[a-z]*)\./;

/** True when an image of the one type can't boot on the other. Unknown or absent types never differ. */
export function otherArchitecture(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && ARM.test(one) !== ARM.test(other);
}
