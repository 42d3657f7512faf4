/** What a user has to mend: a provider's configuration, or a world file. Told without a stack. */
export class ConfigurationError extends Error {}
