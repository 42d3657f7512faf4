import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { APPLICATION } from "../../../infra/web/application";
import { webMachine } from "../../../infra/web/web-machine";
import { installed } from "../instances/checkers";
import { makeCertificate } from "../../servers/certificate";
import { freePort } from "../../servers/free-port";

const HOSTNAME = "webmail.example.com";
const BALANCER = "10.0.64.0/19";

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The real nginx on the rendered files. */
describe("the web servers in action", function () {
  this.timeout(30_000);
  let directory: string;
  let port: number;
  let nginx: ChildProcess | undefined;
  let application: Server | undefined;

  beforeEach(async function () {
    if (process.getuid?.() !== 0 || !installed("nginx", "openssl")) this.skip();
    directory = mkdtempSync(join(tmpdir(), "dejima-web-"));
    chmodSync(directory, 0o755);
    port = await freePort();
  });
  afterEach(async () => {
    await stop();
    application?.close();
    application = undefined;
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  async function stop(): Promise<void> {
    if (nginx === undefined) return;
    const ended = new Promise((resolve) => nginx?.once("exit", resolve));
    nginx.kill("SIGQUIT");
    await ended;
    nginx = undefined;
  }

  /** Starts it; `balancer` is the block that stands for the load balancer's here. */
  async function start(balancer: string, part = APPLICATION, applicationPort = 8080): Promise<void> {
    const { certificate, key } = makeCertificate(directory, "web");
    const substitute: [string, string][] = [
      ["/etc/nginx/dejima.crt", certificate],
      ["/etc/nginx/dejima.key", key],
      ["listen 443 ", `listen 127.0.0.1:${port} `],
      ["/etc/dejima/", `${directory}/etc/dejima/`],
      ["/run/nginx.pid", `${directory}/pid`],
      [BALANCER, balancer],
      ["server 127.0.0.1:8080;", `server 127.0.0.1:${applicationPort};`],
      ["access_log syslog:server=unix:/dev/log,nohostname,tag=nginx combined;", `access_log ${directory}/access.log;`],
      ["error_log syslog:server=unix:/dev/log,nohostname,tag=nginx warn;", `error_log ${directory}/error.log warn;`],
    ];
    const args = { hostname: HOSTNAME, balancerCidr: BALANCER, imapHost: "i", submissionHost: "s", mailHostname: "m" };
    for (const { path, content } of webMachine(args, part).files) {
      const file = join(directory, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, path.endsWith("/nginx.conf") ? substituted(content, substitute) : content);
    }
    const conf = join(directory, "etc/nginx/nginx.conf");
    const { status, stderr } = spawnSync("nginx", ["-t", "-q", "-c", conf], { encoding: "utf8" });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    nginx = spawn("nginx", ["-c", conf, "-g", "daemon off;"], { stdio: "ignore" });
    // Its check has left an empty file there.
    for (let tries = 0; tries < 100 && readFileSync(join(directory, "pid"), "utf8") === ""; tries++) await wait(50);
  }

  function substituted(text: string, substitute: readonly [string, string][]): string {
    return substitute.reduce((all, [from, to]) => {
      assert.ok(all.includes(from), from);
      return all.replaceAll(from, to);
    }, text);
  }

  function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = { port, path, headers: { host: HOSTNAME, ...headers }, rejectUnauthorized: false };
      const sent = request(options, (response) => {
        let body = "";
        response.on("data", (data) => (body += String(data)));
        response.on("end", () => {
          resolve({ status: response.statusCode, headers: response.headers, body });
        });
      });
      sent.on("error", reject);
      sent.end();
    });
  }

  /** What it has logged, known for sure when it has ended. */
  async function log(): Promise<string> {
    await stop();
    return readFileSync(join(directory, "access.log"), "utf8");
  }

  it("answers the load balancer's health check, whatever name it asks for, and keeps no log of it", async () => {
    await start(BALANCER);
    const { status, body } = await get("/healthz", { host: `127.0.0.1:${port}` });
    assert.deepEqual({ status, body }, { status: 200, body: "ok\n" });
    assert.equal((await get("/", { host: "elsewhere.example.com" })).status, 421);
    assert.match(await log(), /^[^\n]*"GET \/ HTTP\/1\.1" 421 [^\n]*\n$/);
  });

  it("says that the platform runs, with every security header, and doesn't tell its version", async () => {
    await start(BALANCER);
    const { status, headers, body } = await get("/");
    assert.equal(status, 200);
    assert.match(body, /The mail platform is running/);
    assert.equal(headers.server, "nginx");
    const names = [
      "strict-transport-security",
      "content-security-policy",
      "x-content-type-options",
      "x-frame-options",
      "referrer-policy",
      "permissions-policy",
      "cross-origin-opener-policy",
    ];
    for (const answer of [headers, (await get("/missing")).headers]) {
      assert.deepEqual(
        names.filter((name) => answer[name] === undefined),
        [],
      );
    }
    assert.equal((await get("/.git/config")).status, 404);
  });

  it("takes a client's address from the load balancer, whatever the client itself claimed", async () => {
    await start("127.0.0.1/32");
    await get("/", { "x-forwarded-for": "192.0.2.66, 203.0.113.5" });
    assert.match(await log(), /^203\.0\.113\.5 - [^\n]*\n$/);
  });

  it("takes it from nobody else", async () => {
    await start(BALANCER);
    await get("/", { "x-forwarded-for": "203.0.113.5" });
    assert.match(await log(), /^127\.0\.0\.1 - [^\n]*\n$/);
  });

  it("hands requests to a user's own application, with the name asked for and the client's address", async () => {
    application = createServer((asked, answer) => {
      const { host, "x-forwarded-for": client, "x-forwarded-proto": scheme } = asked.headers;
      answer.setHeader("X-Powered-By", "Own/1.0").end([asked.url, host, client, scheme].join(" "));
    });
    const own = await new Promise<number>((resolve) =>
      application?.listen(0, "127.0.0.1", () => {
        resolve((application?.address() as AddressInfo).port);
      }),
    );
    const files = [{ path: "/etc/dejima/web.d/own.conf", content: "location / { proxy_pass http://application; }\n" }];
    await start("127.0.0.1/32", { packages: [], files, commands: [] }, own);
    const { body, headers } = await get("/inbox?a=1", { "x-forwarded-for": "192.0.2.66, 203.0.113.5" });
    assert.equal(body, `/inbox?a=1 ${HOSTNAME} 203.0.113.5 https`);
    assert.equal(headers["x-powered-by"], undefined);
    assert.equal(headers["x-content-type-options"], "nosniff");
  });
});
