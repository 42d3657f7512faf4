import { HOST_VARIABLE, NODE_VARIABLE } from "./engine/host-script";
import type { Home } from "./home";

/** Protects nothing: offline states hold no real secret, and a prompt would be in the way. */
const PASSPHRASE = "dejima-offline";

/** Of the user's environment these must not reach an offline run: real accounts and real backends. */
const LEFT_OUT = [
  /^AWS_(?!(DEFAULT_)?REGION$)/,
  /^PULUMI_(ACCESS_TOKEN|API|BACKEND_URL|HOME|CREDENTIAL_STORE|DEBUG_PROVIDERS|DEFAULT_ORGANIZATION)$/,
];

/**
 * The environment of the CLI, but for the providers' ports: a state of its own, nothing downloaded, nothing asked, nothing
 * type-checked at each run. A passphrase of the user's is kept, for configurations that hold secrets.
 */
export function offlineEnvironment(user: NodeJS.ProcessEnv, home: Home, languageHost: string): NodeJS.ProcessEnv {
  const kept = Object.entries(user).filter(([name]) => !LEFT_OUT.some((pattern) => pattern.test(name)));
  const passphraseGiven =
    user["PULUMI_CONFIG_PASSPHRASE"] !== undefined || user["PULUMI_CONFIG_PASSPHRASE_FILE"] !== undefined;
  return {
    ...(passphraseGiven ? {} : { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE }),
    TS_NODE_TRANSPILE_ONLY: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    ...Object.fromEntries(kept),
    PULUMI_HOME: home.pulumi,
    // Without a metadata file beside each state: a CLI killed between the two writes leaves an empty one, and a state that can't be read.
    PULUMI_BACKEND_URL: `file://${home.backend}?metadata=skip`,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // For programs that ask AWS past Pulumi: nothing there to find.
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    [HOST_VARIABLE]: languageHost,
    [NODE_VARIABLE]: process.execPath,
  };
}
