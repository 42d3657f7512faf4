import { Metadata, type ServiceError, status } from "@grpc/grpc-js";

import { AwsError } from "../aws-error";
import { ConfigurationError } from "./configuration-error";

/** An error as gRPC carries it to the engine. */
export function serviceError(code: status, details: string): ServiceError {
  return Object.assign(new Error(details), { code, details, metadata: new Metadata() });
}

/** A refusal, in the words of the real provider: what was being done, then AWS's code and sentence. */
export function refusal(doing: string, error: unknown): ServiceError {
  if (error instanceof AwsError)
    return serviceError(status.UNKNOWN, `${doing}: api error ${error.code}: ${error.message}`);
  if (error instanceof ConfigurationError) return serviceError(status.INVALID_ARGUMENT, error.message);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return serviceError(status.INTERNAL, `${doing}: fault of the embedded AWS itself: ${text}`);
}
