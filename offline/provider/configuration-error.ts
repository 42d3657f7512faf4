/** A provider's configuration that a user has to mend. */
export class ConfigurationError extends Error {}
