import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { RDS_CA_FILE } from "../../../infra/database/ca-bundle";
import { maintenanceTools } from "../../../infra/database/maintenance-tools";
import { MASTER, type Postgres } from "./postgres";

export const READER = { username: "dejima_accounts", password: "reader0password" };

/** Stands for the AWS CLI: a secret is the file of its name. */
const AWS = `#!/bin/bash
set -eu
while [ "$1" != --secret-id ]; do shift; done
cat "$HOME_OF_FAKE/secrets/$2"
`;

/** The tools as a bastion has them during maintenance, below a folder of their own, with the real files and a real psql. */
export interface BastionStub {
  readonly env: NodeJS.ProcessEnv;
  /** The path of a tool, or of any file of the machine. */
  at(path: string): string;
  run(
    tool: string,
    args?: readonly string[],
    input?: string,
  ): { status: number | null; stdout: string; stderr: string };
  write(path: string, content: string): void;
  secret(name: "master" | "reader", content: string): void;
  remove(): void;
}

export function bastionStub(postgres: Postgres, database: string): BastionStub {
  const home = mkdtempSync(join(tmpdir(), "dejima-bastion-"));
  const at = (path: string) => join(home, path);
  const write = (path: string, content: string, permissions = "0644") => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), content);
    chmodSync(at(path), Number.parseInt(permissions, 8));
  };
  const part = maintenanceTools({
    region: "ap-northeast-1",
    host: "localhost",
    port: postgres.port,
    masterSecretArn: "master",
    keyArn: "arn:aws:kms:key",
    readerSecretArn: "reader",
  });
  for (const { path, content, permissions } of [...part.files, ...(part.artifacts ?? [])]) {
    const moved = content
      .replace("DATABASE_NAME=dejima", `DATABASE_NAME=${database}`)
      .replaceAll(RDS_CA_FILE, postgres.caFile)
      .replaceAll(/\/(etc|usr\/local\/(?:lib|share))\/dejima/g, `${home}/$1/dejima`);
    write(path, moved, permissions);
  }
  write("bin/aws", AWS, "0755");
  const secret = (name: string, content: string) => {
    write(`secrets/${name}`, content);
  };
  secret("master", JSON.stringify(MASTER));
  secret("reader", JSON.stringify(READER));
  const env = { PATH: `${at("bin")}:${process.env["PATH"] ?? ""}`, HOME: home, HOME_OF_FAKE: home };
  return {
    env,
    at,
    write,
    secret,
    run: (tool, args = [], input = "") =>
      spawnSync(at(`/usr/local/bin/${tool}`), args, { encoding: "utf8", env, input }),
    remove() {
      rmSync(home, { recursive: true, force: true });
    },
  };
}
