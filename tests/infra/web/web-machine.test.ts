import assert from "node:assert/strict";
import { APPLICATION } from "../../../infra/web/application";
import { webMachine } from "../../../infra/web/web-machine";
import { checkScripts, installed } from "../instances/checkers";
import { callsOf } from "../instances/fake-commands";

const args = {
  hostname: "webmail.example.com",
  balancerCidr: "10.0.64.0/19",
  imapHost: "internal-mail.elb.example",
  submissionHost: "internal-mail.elb.example",
  mailHostname: "mail.example.com",
};

describe("a web machine", () => {
  it("brings nginx, which starts when all is there", () => {
    const { packages, earlyCommands, commands } = webMachine(args, APPLICATION);
    assert.deepEqual(
      { packages, earlyCommands, commands },
      {
        packages: ["nginx-light", "openssl"],
        earlyCommands: [["cloud-init-per", "instance", "nginx-later", "systemctl", "mask", "--now", "nginx.service"]],
        commands: [["/usr/local/sbin/dejima-start-nginx"]],
      },
    );
  });

  it("takes a user's own application, installed before nginx starts", () => {
    const own = {
      packages: ["roundcube-core"],
      files: [{ path: "/etc/dejima/web.d/roundcube.conf", content: "location / { proxy_pass http://application; }\n" }],
      artifacts: [{ path: "/srv/own.tar", content: "large" }],
      earlyCommands: [["true"]],
      commands: [["systemctl", "start", "own"]],
    };
    const part = webMachine(args, own);
    assert.deepEqual(part.packages, ["nginx-light", "openssl", "roundcube-core"]);
    assert.deepEqual(part.artifacts, own.artifacts);
    assert.deepEqual(
      part.files.map(({ path }) => path),
      [
        "/etc/nginx/nginx.conf",
        "/etc/dejima/web.headers",
        "/etc/dejima/web.env",
        "/usr/local/sbin/dejima-start-nginx",
        "/etc/dejima/web.d/roundcube.conf",
      ],
    );
    assert.deepEqual(part.earlyCommands.at(-1), ["true"]);
    assert.deepEqual(part.commands, [["systemctl", "start", "own"], ["/usr/local/sbin/dejima-start-nginx"]]);
  });

  it("tells the application where the mail servers are, and no password", () => {
    const environment = webMachine(args, APPLICATION).files.find(({ path }) => path === "/etc/dejima/web.env");
    assert.deepEqual(environment?.content.split("\n"), [
      "IMAP_HOST=internal-mail.elb.example",
      "IMAP_PORT=993",
      "SUBMISSION_HOST=internal-mail.elb.example",
      "SUBMISSION_PORT=587",
      "MAIL_TLS_NAME=mail.example.com",
      "",
    ]);
  });

  const start =
    webMachine(args, APPLICATION).files.find(({ path }) => path === "/usr/local/sbin/dejima-start-nginx")?.content ??
    "";
  const commands = ["openssl", "nginx", "systemctl"];

  it("makes a certificate of its own, checks nginx's rules, and starts it last", () => {
    assert.deepEqual(callsOf(start, commands), [
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=web " +
        "-keyout /etc/nginx/dejima.key -out /etc/nginx/dejima.crt",
      "nginx -t",
      "systemctl unmask nginx.service",
      "systemctl enable --now nginx.service",
    ]);
  });

  it("never serves by rules that nginx refuses: the load balancer leaves the machine out, and it is replaced", () => {
    assert.equal(callsOf(start, commands, ["nginx"]).at(-1), "nginx -t");
  });

  it("has scripts without a fault", function () {
    if (!installed("shellcheck")) this.skip();
    assert.deepEqual(checkScripts(webMachine(args, APPLICATION).files), ["/usr/local/sbin/dejima-start-nginx"]);
  });
});
