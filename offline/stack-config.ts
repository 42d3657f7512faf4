import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isMap, parseDocument } from "yaml";
import { sync as writeFileAtomicSync } from "write-file-atomic";
import type { Home } from "./home";
import type { Program } from "./program";

const ENCRYPTION = ["secretsprovider", "encryptedkey", "encryptionsalt"];

/** The configuration holds secrets that offline runs have no key for. */
export class ForeignSecrets extends Error {
  constructor(file: string, provider: string) {
    super(
      `${file} holds secrets that are encrypted by ${provider}, which an offline run can't open.\n` +
        "Give another stack (-s) or another file (--config-file).",
    );
    this.name = "ForeignSecrets";
  }
}

function holdsSecrets(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key === "secure" || holdsSecrets(inner));
}

/**
 * What an offline run reads as the stack's configuration: the user's settings with the encryption settings of the copy used so far.
 * Where the user's own hold secrets under a passphrase, those stay, and the CLI wants that passphrase.
 * `undefined` stands for a file that isn't there. Throws `ForeignSecrets` with `file` in it.
 */
export function offlineConfiguration(own: string | undefined, copy: string | undefined, file: string): string {
  const document = parseDocument(own ?? "");
  if (document.errors.length > 0) return own ?? ""; // The CLI says what is wrong with it.
  if (!isMap(document.contents)) document.contents = document.createNode({}) as unknown as typeof document.contents;
  const settings = document.toJS() as { secretsprovider?: string; encryptionsalt?: string; config?: unknown };
  if (holdsSecrets(settings.config)) {
    const provider = settings.secretsprovider ?? "passphrase";
    if (provider !== "passphrase") throw new ForeignSecrets(file, provider);
    if (settings.encryptionsalt === undefined) throw new ForeignSecrets(file, "Pulumi Cloud");
    return document.toString();
  }
  for (const key of ENCRYPTION) document.delete(key);
  const salt: unknown = parseDocument(copy ?? "").get("encryptionsalt");
  if (salt !== undefined) document.set("encryptionsalt", salt);
  return document.toString();
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Brings the offline copy of the stack's configuration up to date and returns its path. The CLI writes a stack's encryption salt into
 * the configuration; with the copy the user's committed file stays as it is, and keeps the secrets provider of the real stack.
 */
export function refreshStackConfig(home: Home, program: Program, stack: string): string {
  const own = join(program.configDirectory, `Pulumi.${stack}.yaml`);
  const copy = join(home.config, program.name, `Pulumi.${stack}.yaml`);
  const before = read(copy);
  const text = offlineConfiguration(read(own), before, own);
  if (text !== before) {
    mkdirSync(dirname(copy), { recursive: true });
    writeFileAtomicSync(copy, text);
  }
  return copy;
}
