import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RolePart } from "../instances/base-machine";
import type { MachineFile } from "../instances/cloud-config";
import type { Statement } from "../instances/permissions";
import { ACCOUNTS_DATABASE, readAccounts } from "./accounts-access";
import { rdsCaFile } from "./ca-bundle";
import { migrations } from "./migrations";

/** What whoever changes the database's schema and accounts needs. */
export interface DatabaseAdministration {
  readonly region: string;
  readonly host: string;
  readonly port: number;
  /** JSON `{"username","password"}` of the master user. */
  readonly masterSecretArn: string;
  /** The key that secret is encrypted with. */
  readonly keyArn: string;
  /** JSON `{"username","password"}` of the mail servers' user. */
  readonly readerSecretArn: string;
}

/** A command, or a file it reads, with the place it is read from in this folder. */
const COMMANDS = [
  { path: "/usr/local/bin/dejima-migrate", permissions: "0755" },
  { path: "/usr/local/bin/dejima-account", permissions: "0755" },
  { path: "/usr/local/lib/dejima/database.sh" },
  { path: "/usr/local/lib/dejima/accounts.sh" },
  { path: "/usr/local/lib/dejima/domains.sh" },
  { path: "/usr/local/lib/dejima/aliases.sh" },
  { path: "/usr/local/lib/dejima/scram-verifier.py" },
] as const;

/** dejima-migrate and dejima-account for a machine that may reach the database. */
export function maintenanceTools(database: DatabaseAdministration): RolePart {
  return {
    packages: ["argon2", "jq", "openssl", "postgresql-client", "python3"],
    files: [{ path: "/etc/dejima/database.conf", content: conf(database) }],
    artifacts: maintenanceArtifacts(database.region),
    commands: [],
  };
}

/** The tools' files that don't depend on the database, known before it is made. */
export function maintenanceArtifacts(region: string): MachineFile[] {
  const commands = COMMANDS.map((file) => ({ ...file, content: source(file.path) }));
  return [...commands, ...migrations(), rdsCaFile(region)];
}

/** What it takes: both passwords, the master user's, and the mail servers' to set it. The key opens nothing else. */
export const ADMINISTRATION: readonly ((database: DatabaseAdministration) => Statement)[] = [
  ({ masterSecretArn }) => ({
    Sid: "MasterUser",
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue"],
    Resource: masterSecretArn,
  }),
  ({ masterSecretArn, keyArn }) => ({
    Sid: "MasterUserKey",
    Effect: "Allow",
    Action: ["kms:Decrypt"],
    Resource: keyArn,
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
    Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": masterSecretArn } },
  }),
  ({ readerSecretArn }) => readAccounts(readerSecretArn),
];

function source(path: string): string {
  return readFileSync(join(__dirname, "commands", path.slice(path.lastIndexOf("/") + 1)), "utf8");
}

function conf({ region, host, port, masterSecretArn, readerSecretArn }: DatabaseAdministration): string {
  return `DATABASE_REGION=${region}
DATABASE_HOST=${host}
DATABASE_PORT=${port}
DATABASE_NAME=${ACCOUNTS_DATABASE}
MASTER_SECRET=${masterSecretArn}
READER_SECRET=${readerSecretArn}
`;
}
