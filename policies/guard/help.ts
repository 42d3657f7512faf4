export const HELP = `npm run guard -- <stack> [--config FILE] [--format text|json|sarif|junit] [--out FILE]   (installed: dejima-guard)
  Judges a stack by the rules of the policy pack, outside the engine.

The stack, one of
  -s, --stack NAME     the state of a stack, by \`pulumi stack export\`. When the embedded AWS (npm run offline) has a stack of this
                       name it is meant, else the real one.
      --offline        only the embedded AWS's
      --online         only the real one
      --state FILE     a \`pulumi stack export\`, or an array [{type, name, urn, id, props}]; - is standard input
      --plan FILE      a \`pulumi preview --json\`, or such an array: the stack as it will be. Unchanged resources, which a preview
                       leaves out, are taken from --state or --stack when one is given too.
  -C, --cwd FOLDER     the Pulumi project (default: where the command runs): of --stack, and where the program's files lie

      --config FILE    what \`pulumi preview --policy-pack-config\` takes: {"<rule>" or "all": level, or {"enforcementLevel": level,
                       …settings of the rule, "exemptions": […]}}; a level is advisory, mandatory or disabled
  -f, --format FORMAT  text   for people (the default): rule by rule the witness and the fix, and what became of the exemptions
                       json   {source, resources, passed, counts, disabled, rules: [{id, title, level, severity, applicable,
                              findings: [{verdict, counts, urn, resource, place: {file, line, column}, message, witness, fix,
                              question, unknowns}], exemptions: [{resource, reason, owner, expires, state, findings}]}]}
                       sarif  SARIF 2.1.0; a finding points at the program's line where the state tells it, else at the state's file
                       junit  JUnit XML; what is mandatory fails, what is advisory, may pass or is exempted counts as skipped
  -o, --out FILE       where to; written as a whole or not at all (default: standard output)
      --rules          every rule with what it proves, why, and its settings, as Markdown
  -h, --help

Exit codes: 0 nothing mandatory was found; 1 something mandatory was found; 2 the input is wrong; 3 a fault of this command.

Examples
  npm run guard -- --stack dev
  pulumi stack export | npm run -s guard -- --state - --format json
  pulumi preview --json --show-sames > plan.json; npm run guard -- --plan plan.json --format sarif --out guard.sarif
`;
