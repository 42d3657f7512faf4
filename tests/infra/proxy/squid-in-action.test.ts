import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { allowances } from "../../../infra/proxy/allow-list";
import { PEEK_CERTIFICATE, REFUSAL_SUBJECT, renderSquidConf } from "../../../infra/proxy/squid-conf";
import { installed } from "../instances/checkers";

/** The proxy as clients of two zones see it, and a server of the internet; 10.0.0.0/21 and 10.0.24.0/21 are dmz subnets. */
const IN_ZONE_1 = "10.0.0.5";
const IN_ZONE_4 = "10.0.24.5";
const ELSEWHERE = "10.0.64.5";
const SERVER = "203.0.113.10";

const ALLOWED = [
  { host: ".debian.org", ports: [80, 443] as const },
  { host: "time.example.org", ports: [443] as const, azs: ["apne1-az1"] },
];

const HOSTS = `${SERVER} deb.debian.org time.example.org foreign.example
10.0.0.9 inside.debian.org
169.254.169.254 metadata.debian.org
`;

interface Way {
  /** The client's address. */
  readonly from?: string;
  /** What CONNECT names, `host:port`; the URL's by default. */
  readonly connectTo?: string;
  /** CONNECT for http too. */
  readonly tunnel?: boolean;
}

/** Answers with what it was told: over TLS the name in the hello, in the open the headers that tell of a proxy. */
const SERVE = `
const { readFileSync } = require("node:fs");
const [key, cert] = [readFileSync("server.key"), readFileSync("server.crt")];
require("node:https").createServer({ key, cert }, (request, answer) =>
  answer.end("tls " + request.socket.servername)).listen(443, "${SERVER}");
require("node:http").createServer(({ headers }, answer) =>
  answer.end("open " + JSON.stringify({ via: headers.via, forwarded: headers["x-forwarded-for"] }))).listen(80, "${SERVER}");
`;

describe("squid with our rules (M5)", () => {
  const network = `dejima-squid-${process.pid}`;
  let home = "";
  let processes: ChildProcess[] = [];

  const run = (command: string, ...args: string[]) => {
    const { status, stderr, stdout } = spawnSync(command, args, { encoding: "utf8", cwd: home });
    assert.equal(status, 0, stderr || stdout);
  };
  const inside = (command: string, ...args: string[]) => {
    const child = spawn("ip", ["netns", "exec", network, command, ...args], { cwd: home, stdio: "ignore" });
    processes.push(child);
  };

  before(async function () {
    this.timeout(30_000);
    if (process.getuid?.() !== 0 || !installed("squid", "ip", "openssl", "curl")) this.skip();
    home = mkdtempSync(join(tmpdir(), "dejima-squid-"));
    chmodSync(home, 0o755);
    for (const [name, subject] of [
      ["peek", REFUSAL_SUBJECT],
      ["server", "/CN=a server"],
    ] as const) {
      const files = ["-keyout", `${name}.key`, "-out", `${name}.crt`];
      run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", subject, ...files);
    }
    writeFileSync(
      join(home, "peek.pem"),
      ["peek.key", "peek.crt"].map((file) => readFileSync(join(home, file))).join(""),
    );
    writeFileSync(join(home, "hosts"), HOSTS);
    writeFileSync(join(home, "squid.conf"), conf());
    // squid gives up its rights before it writes.
    const [uid, gid] = ["-u", "-g"].map((option) =>
      Number(spawnSync("id", [option, "proxy"], { encoding: "utf8" }).stdout),
    );
    for (const file of ["cache.log", "access.log"]) {
      writeFileSync(join(home, file), "");
      chownSync(join(home, file), uid ?? 0, gid ?? 0);
    }
    run("ip", "netns", "add", network);
    run("ip", "-n", network, "link", "set", "lo", "up");
    for (const address of [IN_ZONE_1, IN_ZONE_4, ELSEWHERE, SERVER])
      run("ip", "-n", network, "addr", "add", `${address}/32`, "dev", "lo");
    inside("squid", "-N", "-f", join(home, "squid.conf"));
    inside(process.execPath, "-e", SERVE);
    for (let tries = 0; tries < 50 && request("http://deb.debian.org/").code !== "200"; tries++) await wait(200);
  });
  after(async () => {
    const ended = processes.map((child) => new Promise((resolve) => child.once("exit", resolve)));
    for (const child of processes) child.kill("SIGINT");
    await Promise.all(ended);
    processes = [];
    if (home === "") return;
    spawnSync("ip", ["netns", "del", network]);
    rmSync(home, { recursive: true, force: true });
  });

  function conf(): string {
    const place = {
      region: "ap-northeast-1",
      azs: [
        { name: "ap-northeast-1c", id: "apne1-az1" },
        { name: "ap-northeast-1a", id: "apne1-az4" },
      ],
    };
    const rules = renderSquidConf({ vpcCidr: "10.0.0.0/16", allowances: allowances(ALLOWED, place) });
    return `${rules
      .replaceAll(PEEK_CERTIFICATE, join(home, "peek.pem"))
      .replace("/var/log/squid/cache.log", join(home, "cache.log"))
      .replace("syslog:daemon.info", `stdio:${join(home, "access.log")}`)}
hosts_file ${join(home, "hosts")}
pid_filename ${join(home, "squid.pid")}
`;
  }

  /** `code`: of the answer, 000 without one; `connect`: of the answer to CONNECT. Whoever comes to an own address comes from it. */
  function request(url: string, { from = IN_ZONE_1, connectTo, tunnel = false }: Way = {}) {
    const to = [...(connectTo === undefined ? [] : ["--connect-to", `::${connectTo}`]), ...(tunnel ? ["-p"] : [])];
    const { stdout } = spawnSync(
      "ip",
      [
        "netns",
        "exec",
        network,
        "curl",
        "-sk",
        "-m",
        "10",
        "-x",
        `http://${from}:3128`,
        ...to,
        "-w",
        "\n%{http_code} %{http_connect}",
        url,
      ],
      { encoding: "utf8" },
    );
    const lines = stdout.trimEnd().split("\n");
    const [code = "", connect = ""] = (lines.at(-1) ?? "").split(" ");
    return { code, connect, body: lines.slice(0, -1).join("\n") };
  }

  const passes = (answer: ReturnType<typeof request>, name: string) => {
    assert.deepEqual(answer, { code: "200", connect: "200", body: `tls ${name}` });
  };
  /** Refused by the rules of CONNECT, with squid's own page. */
  const refused = ({ code, body }: ReturnType<typeof request>) => {
    assert.equal(code, "403");
    assert.doesNotMatch(body, /^(tls|open) /);
  };
  /** CONNECT was allowed, the hello wasn't. */
  const terminated = (answer: ReturnType<typeof request>) => {
    assert.deepEqual(answer, { code: "000", connect: "200", body: "" });
  };

  it("are read without a warning", () => {
    const { status, stderr } = spawnSync("squid", ["-k", "parse", "-f", join(home, "squid.conf")], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stderr, /WARNING|ERROR|FATAL/);
  });

  it("lets an allowed name pass, unread", () => {
    passes(request("https://deb.debian.org/"), "deb.debian.org");
  });

  it("refuses another name", () => {
    refused(request("https://foreign.example/"));
  });

  it("terminates a foreign name in the hello behind an allowed one in CONNECT: no domain fronting", () => {
    terminated(request("https://foreign.example/", { connectTo: "deb.debian.org:443" }));
  });

  it("terminates a hello without a name behind an allowed one in CONNECT", () => {
    terminated(request(`https://${SERVER}/`, { connectTo: "deb.debian.org:443" }));
  });

  it("refuses an allowed name in the hello behind a foreign one, or an address, in CONNECT", () => {
    refused(request("https://deb.debian.org/", { connectTo: "foreign.example:443" }));
    refused(request("https://deb.debian.org/", { connectTo: `${SERVER}:443` }));
  });

  it("terminates what is no TLS", () => {
    terminated(request("http://deb.debian.org:443/", { tunnel: true }));
  });

  it("refuses an allowed name that leads inside, and to instance metadata", () => {
    refused(request("https://inside.debian.org/"));
    refused(request("http://inside.debian.org/"));
    refused(request("http://metadata.debian.org/latest/meta-data/"));
    refused(request("http://169.254.169.254/latest/meta-data/"));
  });

  it("lets a zone's entry hold for that zone alone", () => {
    passes(request("https://time.example.org/"), "time.example.org");
    refused(request("https://time.example.org/", { from: IN_ZONE_4 }));
    passes(request("https://deb.debian.org/", { from: IN_ZONE_4 }), "deb.debian.org");
  });

  it("serves the dmz alone", () => {
    refused(request("https://deb.debian.org/", { from: ELSEWHERE }));
  });

  it("passes an allowed name in the open on port 80, and the outside learns that a proxy asks, not for whom", () => {
    const { code, body } = request("http://deb.debian.org/");
    assert.equal(code, "200");
    assert.equal(body, 'open {"via":"1.1 proxy (squid)"}');
    refused(request("http://time.example.org/"));
    refused(request("http://deb.debian.org:8080/"));
  });
});
