/** An error as AWS's API (or the provider's own check) words it: a code and a sentence. */
export class AwsError extends Error {
  constructor(
    /** AWS's error code, e.g. `InvalidSubnet.Conflict`; `ProviderCheck` where the provider itself refuses. */
    readonly code: string,
    message: string,
    /** The input it is about, where one is. */
    readonly property?: string,
  ) {
    super(message);
    this.name = "AwsError";
  }
}
