/** The master user as the secret holds it: JSON with `username` and `password`, as RDS's own secrets have it. */
export function renderCredentials(credentials: { readonly username: string; readonly password: string }): string {
  const { username, password } = credentials;
  return JSON.stringify({ username, password });
}

/** Throws a TypeError when there is no password in it; never with what is in it, for the message ends in the deployment's log. */
export function passwordIn(secretString: string | undefined): string {
  const password = passwordOf(parsed(secretString ?? "{}"));
  if (typeof password === "string") return password;
  throw new TypeError(
    "the secret of the database's master user is no JSON with a password. " +
      'Put it back as {"username": …, "password": …}, with the password that the database has, and run pulumi refresh.',
  );
}

/** Not JSON.parse's own error: it quotes the text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function passwordOf(credentials: unknown): unknown {
  return typeof credentials === "object" && credentials !== null && "password" in credentials
    ? credentials.password
    : undefined;
}
