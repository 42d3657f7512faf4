/** Pulumi's marker of special objects in a state, and the kind of them that is a secret (sdk/go/common/resource/sig). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** What `pulumi preview --json` prints in place of a secret. */
const BLINDED = "[secret]";

/** The sentinel by which Pulumi writes a value that isn't known. */
const UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** JSON as Pulumi writes it, with each secret, readable or not, turned into a value that isn't known: so nothing can print one. */
export function maskSecrets(raw: unknown): unknown {
  if (raw === BLINDED) return UNKNOWN_SENTINEL;
  if (Array.isArray(raw)) return raw.map(maskSecrets);
  if (raw === null || typeof raw !== "object") return raw;
  const entries = Object.entries(raw);
  if (entries.some(([key, value]) => key === SIGNATURE && value === SECRET)) return UNKNOWN_SENTINEL;
  return Object.fromEntries(entries.map(([key, value]) => [key, maskSecrets(value)]));
}

/** The properties in which a secret stands, wholly or in part. */
export function secretProperties(
  ...sources: readonly (Readonly<Record<string, unknown>> | undefined)[]
): ReadonlySet<string> {
  const entries = sources.flatMap((source) => Object.entries(source ?? {}));
  return new Set(entries.filter(([, value]) => holdsSecret(value)).map(([key]) => key));
}

function holdsSecret(raw: unknown): boolean {
  if (raw === BLINDED) return true;
  if (raw === null || typeof raw !== "object") return false;
  return Object.entries(raw).some(([key, value]) => (key === SIGNATURE && value === SECRET) || holdsSecret(value));
}
