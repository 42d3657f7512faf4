import assert from "node:assert/strict";
import { accountsPassfile } from "../../../infra/database/accounts-access";
import { RDS_CA_FILE } from "../../../infra/database/ca-bundle";
import { migrations } from "../../../infra/database/migrations";
import { READER } from "../../../infra/relay/accounts";
import { relayMachine } from "../../../infra/relay/relay-machine";
import { SES_PASSWORD_MAP } from "../../../infra/relay/ses-password";
import { SES_HOLD } from "../../../infra/relay/ses-tables";
import type { Received } from "./mail-servers";
import { RELAY } from "./relay-args";
import { RelayWorld, whyNot } from "./relay-world";

/** "secret", by `openssl passwd -6 -salt saltsalt secret`. */
const HASH =
  "{SHA512-CRYPT}$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1";

/** The platform's own schema, with accounts of example.com and none of example.org. */
const SQL = [
  "CREATE SCHEMA mail;",
  ...migrations().map(({ content }) => content),
  "ALTER ROLE dejima_accounts PASSWORD 'account''s';",
  "INSERT INTO mail.domain (name) VALUES ('example.com'), ('example.org');",
  ...["alice", "bob", "full", "boss"].map(
    (name) => `INSERT INTO mail.account (local_part, domain, password) VALUES ('${name}', 'example.com', '${HASH}');`,
  ),
  ...["team alice", "team bob", "postmaster boss"].map((pair) => {
    const [name = "", to = ""] = pair.split(" ");
    return `INSERT INTO mail.alias (local_part, domain, destination) VALUES ('${name}', 'example.com', '${to}@example.com');`;
  }),
].join("\n");

const MACHINE = relayMachine(RELAY);

describe("a real relay", function () {
  this.timeout(120_000);
  const world = new RelayWorld();

  before(async function () {
    const reason = whyNot();
    if (reason !== undefined) return this.skip();
    const map = "[email-smtp.ap-northeast-1.amazonaws.com]:587 AKIA:pass+word=\n";
    await world.start(
      [
        // Not whom the real database trusts.
        ...MACHINE.artifacts.filter(({ path }) => path !== RDS_CA_FILE),
        { path: SES_PASSWORD_MAP, content: map, permissions: "0600" },
        {
          path: accountsPassfile(READER),
          content: "*:*:*:*:account's\n",
          permissions: "0600",
          owner: "postfix:postfix",
        },
      ],
      SQL,
    );
  });

  after(() => {
    world.stop();
  });

  const stranger = (to: string, ...words: string[]) =>
    world.swaks("--from", "carol@elsewhere.example", "--to", to, ...words);
  const user = (from: string, to: string, ...words: string[]) =>
    world.swaks(
      ...["--from", from, "--to", to, "--auth", "PLAIN"],
      ...["--auth-user", "Alice@example.com", "--auth-password", "secret", ...words],
    );
  const submit = (from: string, to: string, ...words: string[]) => user(from, to, "--port", "587", "--tls", ...words);
  const QUEUED = /^<[-~*]*\s+250 2\.0\.0 Ok: queued/m;
  const at = (mails: readonly Received[]) => mails.map((mail) => [mail.at, mail.from, mail.to.join()].join(" ")).sort();

  it("delivers a stranger's mail for a served domain to the mailboxes, encrypted (M2)", async () => {
    assert.match(stranger("Alice@Example.com", "--body", "first"), QUEUED);
    const [mail] = await world.received("first");
    assert.deepEqual([mail?.at, mail?.encrypted, mail?.from], ["lmtp", true, "carol@elsewhere.example"]);
    assert.deepEqual(mail?.to, ["alice@example.com"]);
    assert.match(mail?.text ?? "", /^Received: from client\.elsewhere\.example \(.*\[127\.0\.0\.1\]\)/m);
  });

  it("encrypts with the stranger who wants it", () => {
    assert.match(stranger("alice@example.com", "--tls", "--quit-after", "RCPT"), /TLS started .*TLSv1\.[23]/);
  });

  it("follows aliases, and details behind a plus", async () => {
    stranger("team@example.com", "--body", "for-the-team");
    const mails = await world.received("for-the-team", 2);
    assert.deepEqual(mails.map(({ to }) => to.join()).sort(), ["alice@example.com", "bob@example.com"]);
    stranger("alice+news@example.com", "--body", "in-detail");
    assert.deepEqual((await world.received("in-detail"))[0]?.to, ["alice+news@example.com"]);
  });

  for (const to of ["abuse@example.org", "postmaster@example.com", "postmaster@mail.example.com", "postmaster"])
    it(`brings mail to ${to} to a person`, async () => {
      assert.match(stranger(to, "--body", `complaint-to-${to}`), QUEUED);
      assert.deepEqual((await world.received(`complaint-to-${to}`))[0]?.to, ["boss@example.com"]);
    });

  const refusals: readonly [string, RegExp, readonly string[]][] = [
    ["an unknown recipient", /550 5\.1\.1 .*User unknown/, ["--to", "nobody@example.com"]],
    ["an unknown recipient of the machine", /550 5\.1\.1 .*User unknown/, ["--to", "nobody@mail.example.com"]],
    ["a recipient on this machine", /550 5\.1\.1/, ["--to", "root@[127.0.0.1]"]],
    ["mail for others", /554 5\.7\.1 .*Relay access denied/, ["--to", "dave@elsewhere.example"]],
    ["mail for others by way of us", /554 5\.7\.1|550 5\.1\.1/, ["--to", "dave%elsewhere.example@example.com"]],
    ["a sender without a domain", /504 5\.5\.2/, ["--from", "carol", "--to", "alice@example.com"]],
    ["a sender whose domain there isn't", /550 5\.1\.8/, ["--from", "carol@gone.example", "--to", "alice@example.com"]],
    ["a client without a name", /504 5\.5\.2/, ["--helo", "client", "--to", "alice@example.com"]],
    [
      "a password, as there is no such thing",
      /AUTH.*not.*|no.*auth/i,
      ["--auth", "PLAIN", "--to", "alice@example.com"],
    ],
  ];
  for (const [what, answer, words] of refusals)
    it(`refuses on 25 ${what}, while the client listens`, () => {
      const credentials = words.includes("--auth") ? ["--auth-user", "a", "--auth-password", "b"] : [];
      const talk = world.swaks("--from", "carol@elsewhere.example", ...credentials, ...words);
      assert.match(talk, answer);
      assert.doesNotMatch(talk, QUEUED);
    });

  it("refuses what SES wouldn't take for its size", () => {
    const dialogue = "EHLO c.elsewhere.example\r\nMAIL FROM:<carol@elsewhere.example> SIZE=40000001\r\nQUIT\r\n";
    const talk = world.run(
      ["sh", "-c", "{ cat; sleep 1; } | timeout 10 openssl s_client -quiet -connect 127.0.0.1:465"],
      {
        input: dialogue,
        mayFail: true,
      },
    );
    assert.match(talk, /250-SIZE 40000000/);
    assert.match(talk, /552 5\.3\.4 Message size exceeds/);
  });

  it("lets users in on 587 only after STARTTLS", () => {
    const talk = world.swaks("--port", "587", "--from", "alice@example.com", "--to", "bob@example.com");
    assert.match(talk, /530 5\.7\.0 Must issue a STARTTLS command first/);
    assert.doesNotMatch(talk, /AUTH/);
  });

  it("sends a user's mail through SES, encrypted and logged in, from 465 and 587 (M3, M6)", async () => {
    const ways = [
      ["--port", "587", "--tls"],
      ["--port", "465", "--tls-on-connect"],
    ];
    for (const [index, way] of ways.entries()) {
      const header = ["--h-X-SES-CONFIGURATION-SET", "another"];
      assert.match(
        user("alice@example.com", "dave@elsewhere.example", "--body", `out-${index}`, ...header, ...way),
        QUEUED,
      );
      const [mail] = await world.received(`out-${index}`);
      assert.deepEqual(
        [mail?.at, mail?.encrypted, mail?.login, mail?.from],
        ["ses", true, "AKIA", "alice@example.com"],
      );
      assert.doesNotMatch(mail?.text ?? "", /X-SES-/);
    }
  });

  it("completes what a user's program left out", async () => {
    const data = "From: alice@example.com\\nSubject: bare\\n\\nincomplete";
    submit("alice@example.com", "dave@elsewhere.example", "--data", data);
    const text = (await world.received("incomplete"))[0]?.text ?? "";
    assert.match(text, /^Message-Id: /m);
    assert.match(text, /^Date: /m);
  });

  it("refuses a wrong password, and who has none", () => {
    const from = ["--port", "587", "--tls", "--from", "alice@example.com", "--to", "dave@elsewhere.example"];
    const wrong = world.swaks(...from, "--auth", "PLAIN", "--auth-user", "alice@example.com", "--auth-password", "no");
    assert.match(wrong, /535 5\.7\.8/);
    assert.match(world.swaks(...from), /554 5\.7\.1 .*Client host rejected: Access denied/);
  });

  it("lets a user send as who they are, and as the aliases that lead to them", async () => {
    assert.match(
      submit("bob@example.com", "dave@elsewhere.example"),
      /553 5\.7\.1 .*not owned by user alice@example\.com/,
    );
    assert.match(submit("dave@elsewhere.example", "bob@example.com"), /553 5\.7\.1 .*not owned by user/);
    assert.match(submit("Team@example.com", "dave@elsewhere.example", "--body", "as-the-team"), QUEUED);
    assert.deepEqual(at(await world.received("as-the-team")), ["ses Team@example.com dave@elsewhere.example"]);
  });

  it("refuses a user's mistakes at once", () => {
    assert.match(submit("alice@example.com", "nobody@example.org"), /550 5\.1\.1/);
    assert.match(submit("alice@example.com", "dave@gone.example"), /550 5\.1\.2/);
  });

  it("takes a user's receipt for colleagues, and refuses it for others: SES takes nothing from the null sender", async () => {
    assert.match(submit("<>", "dave@elsewhere.example"), /550 5\.7\.1 .*reports leave for nowhere/);
    assert.match(submit("<>", "bob@example.com", "--body", "receipt"), QUEUED);
    assert.deepEqual(at(await world.received("receipt")), ["lmtp  bob@example.com"]);
  });

  it("reports what can't be returned to a stranger to the postmaster, and never by SES", async () => {
    assert.match(stranger("full@example.com", "--body", "too-much"), QUEUED);
    const mails = await world.received("too-much", 2);
    assert.deepEqual(at(mails), [
      "lmtp carol@elsewhere.example full@example.com",
      "lmtp double-bounce@mail.example.com boss@example.com",
    ]);
    assert.match(mails[1]?.text ?? "", /reports leave for nowhere but the served domains/);
    assert.deepEqual(
      world.arrivals().filter((mail) => mail.at === "ses" && mail.from === ""),
      [],
    );
  });

  for (const why of ["paused", "suspended", "denied"])
    it(`keeps mail in the queue and says so in the log when SES answers "${why}" (M9)`, async () => {
      submit("alice@example.com", `${why}@elsewhere.example`, "--body", `held-${why}`);
      const line = await world.logged(new RegExp(`to=<${why}@elsewhere\\.example>`));
      assert.match(line, /dsn=4\.7\.0, status=deferred/);
      assert.ok(line.includes(SES_HOLD), line);
      assert.match((await world.received(`held-${why}`))[0]?.answer ?? "", /^554 /);
    });

  it("returns to the user what SES refuses for the message's own sake", async () => {
    submit("alice@example.com", "unverified@elsewhere.example", "--body", "not-verified");
    const mails = await world.received("not-verified", 2);
    assert.deepEqual(at(mails), ["lmtp  alice@example.com", "ses alice@example.com unverified@elsewhere.example"]);
  });

  it("gives neither password nor mail to who can't prove to be SES, and sends it when SES is back (M3)", async () => {
    const trusted = "/etc/ssl/certs/ca-certificates.crt";
    const stranger = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=x -keyout /dev/null";
    world.run(["sh", "-c", `cp ${trusted} /run/kept && ${stranger} -out ${trusted} && postfix reload`]);
    submit("alice@example.com", "dave@elsewhere.example", "--body", "for-ses-alone");
    assert.match(
      await world.logged(/to=<dave@elsewhere\.example>.*status=deferred/),
      /dsn=4\.7\.5, status=deferred \(Server certificate not/,
    );
    assert.deepEqual(
      world.arrivals().filter(({ text }) => text.includes("for-ses-alone")),
      [],
    );
    world.run(["sh", "-c", `cp /run/kept ${trusted} && postfix reload && postqueue -f`]);
    assert.equal((await world.received("for-ses-alone"))[0]?.at, "ses");
  });

  it("logs nothing that asks for a repair", () => {
    const lines = world
      .log()
      .split("\n")
      .filter((line) => /warning|error:|fatal|panic|Error/.test(line));
    assert.deepEqual(
      lines.filter((line) => !EXPECTED.test(line)),
      [],
    );
  });

  it("asks strangers to come again while the accounts can't be read: nobody is unknown then", () => {
    world.run(["sh", "-c", "kill -QUIT $(head -1 $0/postgres/data/postmaster.pid)", world.folder]);
    assert.match(stranger("alice@example.com"), /451 4\.3\.0/);
    assert.match(stranger("nobody@example.com"), /451 4\.3\.0/);
  });

  it("takes no more mail when it is to end, lets go of its queue, and says so", async () => {
    world.run(["mkdir", "-p", "/run/fake"]);
    world.fake("cloud-init", "case $2 in instance_id) echo i-1 ;; *) echo ap-northeast-1c ;; esac");
    world.fake(
      "curl",
      'case "$*" in *token) echo t ;; *) echo asked >>/run/fake/asked; tail -n 1 /run/fake/state ;; esac',
    );
    world.fake("aws", 'echo "$1 $2 $*" >>/run/fake/calls; [ "$2" != describe-volumes ] || echo vol-1');
    const stop = '*"stop postfix@-"*|*"postfix@-.service") postfix stop; postqueue -p >/run/fake/queue ;;';
    world.fake("systemctl", `echo "$*" >>/run/fake/calls; ss -Hltn >>/run/fake/open; case "$*" in ${stop} esac`);
    const state = (text: string) => world.run(["sh", "-c", `echo ${text} >>/run/fake/state`]);
    state("InService");
    const ended = world.background([DRAIN]);
    await world.until(() => world.run(["cat", "/run/fake/asked"], { mayFail: true }).startsWith("asked"));
    assert.match(world.swaks("--quit-after", "EHLO"), /250-STARTTLS/);
    state("Terminated");
    const said = await ended;
    assert.match(said, /left in the queue: 3/);
    assert.deepEqual(world.run(["cat", "/run/fake/calls"]).trim().split("\n"), [
      "ec2 describe-volumes ec2 describe-volumes --output text --query Volumes[].VolumeId " +
        "--filters Name=attachment.instance-id,Values=i-1 Name=tag-key,Values=Spool",
      "stop dovecot.service postfix@-.service",
      "stop dejima-spool.service",
      "ec2 detach-volume ec2 detach-volume --volume-id vol-1 --instance-id i-1",
      "ec2 wait ec2 wait volume-available --volume-ids vol-1",
      "autoscaling complete-lifecycle-action autoscaling complete-lifecycle-action --lifecycle-hook-name drain " +
        "--auto-scaling-group-name dejima-test-main-relay --instance-id i-1 --lifecycle-action-result CONTINUE",
    ]);
    const listening = world.run(["cat", "/run/fake/open"]);
    assert.doesNotMatch(listening, /127\.0\.0\.1:(25|465|587)\s/);
    assert.match(listening, /127\.0\.0\.2:587\s/);
  });
});

const DRAIN = "/usr/local/sbin/dejima-drain";

/** What the tests themselves provoke. */
const EXPECTED = /SASL PLAIN authentication failed|auth-failure|status=deferred|status=bounced/;
