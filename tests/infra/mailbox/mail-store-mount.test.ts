import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer as createTlsServer, type Server } from "node:tls";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mailStoreUnits, renderTunnelConf } from "../../../infra/mailbox/mail-store-mount";
import { installed } from "../instances/checkers";
import { makeCertificate } from "../../servers/certificate";
import { freePort } from "../../servers/free-port";
import { LineClient } from "../../servers/line-client";

const HOST = "fs-0123456789abcdef0.efs.ap-northeast-1.amazonaws.com";

describe("the mount of the mail store (M1)", () => {
  it("waits for the store rather than lose mail, and sees within seconds what another machine wrote", () => {
    const mount = mailStoreUnits().find(({ path }) => path.endsWith(".mount"))?.content ?? "";
    const options = /^Options=(.*)$/m.exec(mount)?.[1]?.split(",") ?? [];
    for (const option of [
      "nfsvers=4.1",
      "hard",
      "noresvport",
      "actimeo=3",
      "lookupcache=positive",
      "nosuid",
      "noexec",
    ]) {
      assert.ok(options.includes(option), option);
    }
    assert.ok(!options.includes("soft"));
    assert.match(mount, /^What=127\.0\.0\.1:\/$/m);
  });
});

/** The store is a TLS server that greets; NFS itself needs a kernel. */
describe("the tunnel to the mail store in action", function () {
  this.timeout(30_000);
  let directory: string;
  let tunnel: ChildProcess | undefined;
  let store: Server | undefined;
  let log: string;
  beforeEach(function () {
    if (!installed("stunnel4", "openssl")) this.skip();
    directory = mkdtempSync(join(tmpdir(), "dejima-tunnel-"));
    log = "";
  });
  afterEach(async () => {
    if (tunnel !== undefined) {
      const ended = new Promise((resolve) => tunnel?.once("exit", resolve));
      tunnel.kill();
      await ended;
    }
    store?.close();
    [tunnel, store] = [undefined, undefined];
    rmSync(directory, { recursive: true, force: true });
  });

  /** A connection through the tunnel to a store that shows a certificate of this name. */
  async function through(certifiedName: string, versions: { maxVersion?: "TLSv1.1" | "TLSv1.2" } = {}) {
    const { certificate, key } = makeCertificate(directory, certifiedName);
    store = createTlsServer(
      {
        cert: readFileSync(certificate),
        key: readFileSync(key),
        minVersion: "TLSv1.1",
        ciphers: "DEFAULT:@SECLEVEL=0",
        ...versions,
      },
      (socket) => socket.end("mail\r\n"),
    );
    store.on("tlsClientError", () => undefined);
    const port = await new Promise<number>((resolve) =>
      store?.listen(0, "127.0.0.1", () => {
        resolve((store?.address() as AddressInfo).port);
      }),
    );
    const accept = await freePort();
    const substitute: [string, string][] = [
      ["accept = 127.0.0.1:20049\n", `accept = 127.0.0.1:${accept}\n`],
      [`connect = ${HOST}:2049\n`, `connect = 127.0.0.1:${port}\n`],
      ["/etc/ssl/certs/ca-certificates.crt", certificate],
    ];
    const conf = join(directory, "mail-store.conf");
    const text = substitute.reduce((all, [from, to]) => {
      assert.ok(all.includes(from), from);
      return all.replace(from, to);
    }, renderTunnelConf(HOST));
    writeFileSync(conf, text);
    tunnel = spawn("stunnel4", [conf], { stdio: ["ignore", "ignore", "pipe"] });
    await new Promise<void>((resolve, reject) => {
      tunnel?.once("exit", () => {
        reject(new Error(log));
      });
      tunnel?.stderr?.on("data", (data) => {
        log += String(data);
        if (log.includes("Configuration successful")) resolve();
      });
    });
    return LineClient.plain(accept);
  }

  it("carries what is said to a store that proves its name", async () => {
    assert.equal(await (await through(HOST)).until(/^/), "mail");
  });

  it("says nothing to whoever shows another name's certificate", async () => {
    await assert.rejects((await through("elsewhere.example.com")).until(/^/), /hung up/);
    assert.match(log, /certificate|host ?name/i);
  });

  it("says nothing over TLS 1.1", async () => {
    await assert.rejects((await through(HOST, { maxVersion: "TLSv1.1" })).until(/^/), /hung up/);
  });
});
