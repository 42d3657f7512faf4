export const HELP = `npm run reach -- <network> <question> [--json] [--expect reachable|blocked]
  Answers from the resources alone whether traffic gets from one end to another, and its reply back.

The network, one of
  -s, --stack NAME     the state of a stack, by \`pulumi stack export\`. When the embedded AWS (npm run offline) has a stack of this
                       name it is meant, else the real one: the answer's first line says which.
      --offline        only the embedded AWS's
      --online         only the real one
  -C, --cwd FOLDER     the Pulumi project of --stack (default: where the command runs)
      --state FILE     a \`pulumi stack export\`, or an array [{type, name, urn, id, props}]; - is standard input
      --plan FILE      a \`pulumi preview --json\`, or such an array: the network as it will be. Unchanged resources, which a preview
                       leaves out, are taken from --state or --stack when one is given too.

The question, one of
      --from END --to END [--protocol P] [--port N]
                       END is an AWS id, a URN, a logical name, a role (tag Role), internet or ip:<address>; role:NAME and name:NAME
                       where a name is both. A role with several machines has a certain answer only where all of them agree.
                       P is tcp (the default with --port), udp, icmp, any (the default without) or a number.
                       With icmp, --port is the type and --src-port the code.
      --src-port N     the sender's port (default: any that a client takes)
      --from-ip IP, --to-ip IP
                       which address of that end is meant, private or public
      --queries FILE   an array [{from, to, fromIp?, toIp?, protocol, srcPort?, dstPort?}]; other fields are ignored
      --all            everything that works, role by role

      --json           {request, connection, path, blockedBy?, unknowns?}, of --queries an array of these in the same order, of --all
                       [{from, to, works, perhaps}]. request: does it arrive? connection: does the reply get back too?
                       Each is reachable, blocked or undetermined (unknowns names what would have to be known).
      --expect V       reachable: the connection works; blocked: the request doesn't arrive. Of --queries, for every one.
  -h, --help

Exit codes: 0 answered; 1 --expect isn't met; 2 the input is wrong; 3 a fault of this command.

Examples
  npm run reach -- --stack dev --from web --to internet --protocol tcp --port 443
  npm run reach -- --stack dev --from bastion --to database --port 5432 --expect blocked
  npm run reach -- --stack dev --all
  pulumi preview --json --show-sames | npm run -s reach -- --plan - --from internet --to relay --port 25
  npm run -s reach -- --state state.json --queries questions.json --json
`;
