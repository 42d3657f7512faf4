/** Environment variables by which the launcher tells the script which language host to run, and with which Node.js. */
export const HOST_VARIABLE = "DEJIMA_LANGUAGE_HOST";
export const NODE_VARIABLE = "DEJIMA_NODE";

/**
 * `pulumi-language-nodejs` beside a CLI that was built from source. The cache outlives a checkout and serves several of them, while
 * the host needs the checkout's node_modules: so the script holds no path, the launcher names its own host in the environment, which
 * the engine hands on to its plugins. It must `exec`: the host watches its parent, the engine.
 */
export const hostScript = `#!/bin/sh
# Written by Dejima (offline/engine/host-script.ts).
if [ -z "$${HOST_VARIABLE}" ]; then
  echo "This Pulumi CLI was built by Dejima and runs Node.js programs only from there: npm run offline -- <command>" >&2
  exit 1
fi
exec "$${NODE_VARIABLE}" "$${HOST_VARIABLE}" "$@"
`;
