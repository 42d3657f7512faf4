import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Messages that appear in the CLI's output beside the resource they are about; without an engine they go to `fallback`. */
export class EngineLog {
  private client: EngineClient | undefined;
  private address = "";

  constructor(private readonly fallback: (line: string) => void) {}

  setEngine(address: string): void {
    if (address === "" || address === this.address) return;
    this.client?.close();
    this.address = address;
    this.client = new EngineClient(address, credentials.createInsecure());
  }

  warn(urn: string, text: string): void {
    if (this.client === undefined) {
      this.fallback(text);
      return;
    }
    const request = new LogRequest();
    request.setSeverity(LogSeverity.WARNING);
    request.setUrn(urn);
    request.setMessage(text);
    this.client.log(request, (error) => {
      if (error !== null) this.fallback(text);
    });
  }

  close(): void {
    this.client?.close();
  }
}
