/**
 * Texts for people (anything with a blank in it) aren't mutated: no answer depends on their words. Names of types, properties and values are.
 */
const texts = {
  shouldIgnore({ node }) {
    const isText =
      (node.type === "StringLiteral" && /\s/u.test(node.value)) ||
      (node.type === "TemplateLiteral" && node.quasis.some(({ value }) => /\s/u.test(value.raw)));
    return isText ? "a text for people" : undefined;
  },
};

export const strykerPlugins = [{ kind: "Ignore", name: "texts", value: texts }];
