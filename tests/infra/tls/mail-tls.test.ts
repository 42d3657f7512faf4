import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { mailTls, mailTlsStatement, TLS_CHAIN, TLS_KEY, type TlsSource } from "../../../infra/tls/mail-tls";

const acm: TlsSource = { kind: "acm", certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/a" };
const secret: TlsSource = {
  kind: "secret",
  secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:tls",
};
const services = ["postfix.service", "dovecot.service"];

function part(source: TlsSource) {
  return mailTls({ region: "ap-northeast-1", source, proxyUrl: "http://proxy:3128", services });
}

/** Stands for the AWS CLI: ACM encrypts the key with the caller's pass phrase, as AWS documents; a secret is JSON. */
const AWS = `#!/bin/bash
set -euo pipefail
echo "$HOME_OF_FAKE $* \${HTTPS_PROXY:-no proxy}" >>"$HOME_OF_FAKE/calls"
[ ! -e "$HOME_OF_FAKE/broken" ] || exit 255
case "$1" in
  acm)
    while [ "$1" != --passphrase ]; do shift; done
    key=$(openssl pkcs8 -topk8 -in "$HOME_OF_FAKE/key.pem" -passout "file:\${2#fileb://}")
    jq -n --arg key "$key" --rawfile chain "$HOME_OF_FAKE/chain.pem" \\
      '{Certificate: $chain, CertificateChain: "issuers", PrivateKey: $key}'
    ;;
  secretsmanager)
    jq -n --rawfile key "$HOME_OF_FAKE/key.pem" --rawfile chain "$HOME_OF_FAKE/chain.pem" '{chain: $chain, key: $key}'
    ;;
esac
`;

describe("the key of the mail names (tls.source)", () => {
  let home: string;
  beforeEach(function () {
    if (["openssl", "jq"].some((tool) => spawnSync(tool, ["--version"]).error !== undefined)) this.skip();
    home = mkdtempSync(join(tmpdir(), "dejima-tls-"));
    mkdirSync(join(home, "bin"));
    executable("bin/aws", AWS);
    executable("bin/systemctl", '#!/bin/sh\necho "$*" >>"$HOME_OF_FAKE/reloads"\n');
    executable("bin/sleep", "#!/bin/sh\n");
    certificate("first");
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  function executable(path: string, content: string): void {
    writeFileSync(join(home, path), content);
    chmodSync(join(home, path), 0o755);
  }

  function certificate(name: string): void {
    const files = ["-keyout", join(home, "key.pem"), "-out", join(home, "chain.pem")];
    const made = spawnSync("openssl", [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-subj",
      `/CN=${name}`,
      ...files,
    ]);
    assert.equal(made.status, 0, String(made.stderr));
  }

  function fetchKey(source: TlsSource) {
    const script = part(source).files.find(({ path }) => path.endsWith("dejima-fetch-tls"))?.content ?? "";
    const run = join(home, "run");
    return spawnSync("bash", ["-s"], {
      input: script.replaceAll(dirname(TLS_KEY), run),
      encoding: "utf8",
      env: { PATH: `${join(home, "bin")}:${process.env["PATH"] ?? ""}`, HOME_OF_FAKE: home },
    });
  }

  const kept = (file: string) => join(home, "run", file.slice(dirname(TLS_KEY).length + 1));
  const lines = (file: string) =>
    existsSync(join(home, file)) ? readFileSync(join(home, file), "utf8").split("\n") : [];

  for (const source of [acm, secret]) {
    it(`is fetched from ${source.kind}, belongs to the certificate, and only root may read it`, () => {
      const { status, stderr } = fetchKey(source);
      assert.equal(status, 0, stderr);
      const own = spawnSync("openssl", ["pkey", "-in", kept(TLS_KEY), "-pubout"], { encoding: "utf8" });
      const certified = spawnSync("openssl", ["x509", "-in", kept(TLS_CHAIN), "-noout", "-pubkey"], {
        encoding: "utf8",
      });
      assert.equal(own.stdout, certified.stdout);
      assert.equal(statSync(kept(TLS_KEY)).mode & 0o777, 0o600);
    });

    it(`reloads its services when ${source.kind} has another one, and only then`, () => {
      fetchKey(source);
      fetchKey(source);
      const once = "--no-block try-reload-or-restart postfix.service dovecot.service";
      assert.deepEqual(lines("reloads"), [once, ""]);
      certificate("renewed");
      fetchKey(source);
      assert.deepEqual(lines("reloads"), [once, once, ""]);
    });
  }

  it("goes to ACM through the proxy and to Secrets Manager past it", () => {
    fetchKey(acm);
    fetchKey(secret);
    const calls = lines("calls");
    assert.match(calls[0] ?? "", /acm export-certificate .* http:\/\/proxy:3128$/);
    assert.match(calls[1] ?? "", /secretsmanager get-secret-value .* no proxy$/);
  });

  it("keeps the old one, and says so, when none comes", () => {
    fetchKey(acm);
    const before = readFileSync(kept(TLS_KEY), "utf8");
    writeFileSync(join(home, "broken"), "");
    const { status, stderr } = fetchKey(acm);
    assert.equal(status, 1);
    assert.match(stderr, /no key for the mail names/);
    assert.equal(readFileSync(kept(TLS_KEY), "utf8"), before);
  });

  it("refuses a key of another certificate", () => {
    const chain = readFileSync(join(home, "chain.pem"));
    certificate("other");
    writeFileSync(join(home, "chain.pem"), chain);
    const { status, stderr } = fetchKey(secret);
    assert.equal(status, 1);
    assert.match(stderr, /doesn't belong/);
    assert.equal(existsSync(kept(TLS_KEY)), false);
  });
});

describe("what a machine may do to have its key", () => {
  it("is one action on one certificate or secret", () => {
    assert.deepEqual(mailTlsStatement(acm), {
      Sid: "MailKey",
      Effect: "Allow",
      Action: ["acm:ExportCertificate"],
      Resource: acm.certificateArn,
    });
    assert.deepEqual(mailTlsStatement(secret), {
      Sid: "MailKey",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue"],
      Resource: secret.secretArn,
    });
  });

  it("its services wait for the key at every boot", () => {
    const unit = part(acm).files.find(({ path }) => path.endsWith("dejima-tls.service"))?.content ?? "";
    assert.match(unit, /^Before=postfix.service dovecot.service$/m);
    assert.match(unit, /^RequiredBy=postfix.service dovecot.service$/m);
  });
});
