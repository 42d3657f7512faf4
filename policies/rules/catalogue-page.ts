import { configSchemaOf } from "./settings";
import type { Rule } from "./rule";

/** The catalogue of rules as Markdown, ordered by name; tables aren't aligned. */
export function cataloguePage(rules: readonly Rule[]): string {
  const sorted = [...rules].sort((a, b) => a.id.localeCompare(b.id));
  return [
    "# The rules",
    "Generated from `policies/rules/` by `npm run rules`.",
    table(
      ["rule", "what is so when it passes", "level", "severity"],
      sorted.map(({ id, title, enforcementLevel, severity }) => [
        `[\`${id}\`](#${id})`,
        title,
        enforcementLevel,
        severity,
      ]),
    ),
    configuring,
    ...sorted.map(section),
  ].join("\n\n");
}

const configuring = `Every rule has three verdicts: proved (nothing is said), violated (with the witness and the fix), undetermined (with the unknown named).
A rule is configured under its name in the file that \`--policy-pack-config\` names, its level too:

\`\`\`json
{
  "some-rule": {
    "enforcementLevel": "advisory",
    "exemptions": [
      {
        "resource": "urn:pulumi:prod::shop::*::legacy-*",
        "reason": "moves to the new network in March",
        "owner": "team-shop",
        "expires": "2027-03-31"
      }
    ]
  }
}
\`\`\`

An exemption covers the rule's findings on the resources whose URN matches, to the end of its last day (UTC). Used, unused and expired ones are said on the
pack's log; an expired one exempts nothing, and the finding says so.`;

function section(rule: Rule): string {
  const { properties } = configSchemaOf(rule);
  return [
    `## ${rule.id}`,
    `**${rule.title}.** ${rule.proves}`,
    rule.why,
    `Fix: ${rule.fix}`,
    [
      `- Level: ${rule.enforcementLevel}, severity: ${rule.severity}, tags: ${rule.tags.join(", ")}`,
      ...rule.controls.map(({ framework, id }) => `- Control: ${framework}, ${id}`),
      ...rule.sources.map((source) => `- Source: <${source}>`),
    ].join("\n"),
    table(
      ["setting", "default", "meaning"],
      Object.entries(properties).map(([name, schema]) => [
        `\`${name}\``,
        `\`${JSON.stringify(schema.default)}\``,
        schema.description ?? "",
      ]),
    ),
  ].join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
