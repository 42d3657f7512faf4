import { connect, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";

/** Speaks a protocol of lines with a server, one command and its answer at a time. */
export class LineClient {
  private received = "";
  private wake: () => void = () => undefined;
  private ended = false;

  private constructor(private socket: Socket) {
    this.listen();
  }

  public static plain(port: number): LineClient {
    return new LineClient(connect(port, "127.0.0.1"));
  }

  public static tls(port: number, options: ConnectionOptions): LineClient {
    return new LineClient(connectTls({ port, host: "127.0.0.1", ...options }));
  }

  /** Everything up to and including the first line that matches. Throws when the server hangs up before that. */
  public async until(last: RegExp): Promise<string> {
    for (;;) {
      const lines = this.received.split("\r\n");
      const index = lines.slice(0, -1).findIndex((line) => last.test(line));
      if (index >= 0) {
        this.received = lines.slice(index + 1).join("\r\n");
        return lines.slice(0, index + 1).join("\n");
      }
      if (this.ended) throw new Error(`the server hung up after: ${this.received}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  public send(text: string): void {
    this.socket.write(`${text}\r\n`);
  }

  public ask(command: string, last: RegExp): Promise<string> {
    this.send(command);
    return this.until(last);
  }

  /** Goes on over TLS on the same connection; rejects a certificate that `options` don't trust. */
  public async startTls(options: ConnectionOptions): Promise<void> {
    this.socket.removeAllListeners("data");
    const secure = connectTls({ socket: this.socket, ...options });
    await new Promise<void>((resolve, reject) => {
      secure.once("secureConnect", resolve);
      secure.once("error", reject);
    });
    this.socket = secure;
    this.listen();
  }

  public close(): void {
    this.socket.destroy();
  }

  private listen(): void {
    this.socket.setEncoding("utf8");
    this.socket.on("data", (data: string) => {
      this.received += data;
      this.wake();
    });
    const end = () => {
      this.ended = true;
      this.wake();
    };
    this.socket.on("error", end);
    this.socket.on("close", end);
  }
}
