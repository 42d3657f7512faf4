/**
 * What stands around a relay in its tests: SES, the mailboxes' LMTP and the resolver, as small as they can be. A program of its own,
 * started inside the test's network namespace: `mail-servers.ts FOLDER` with certificates in it; what arrives is appended to
 * `FOLDER/received.jsonl`, and "ready" is printed when all listen.
 */
import { createSocket } from "node:dgram";
import { appendFileSync, readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { TLSSocket } from "node:tls";

/** A message as a server took or refused it. */
export interface Received {
  readonly at: "ses" | "lmtp";
  readonly encrypted: boolean;
  readonly login: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly answer: string;
}

/** By the local part of the (last) recipient: what is said at the end of the message. */
const ANSWERS: Readonly<Record<string, string>> = {
  paused: "554 Message rejected: Sending paused for this account. For more information, please check the inbox.",
  suspended: "554 Message rejected: Sending suspended for this account.",
  denied: "554 Access denied: User `arn:aws:iam::1:user/ses' is not authorized to perform `ses:SendRawEmail' on `x'",
  unverified: "554 Message rejected: Email address is not verified. The following identities failed the check",
  full: "552 5.2.2 Quota exceeded (mailbox for user is full)",
};

export const SES_LOGIN = { username: "AKIA", password: "pass+word=" };

interface Session {
  readonly at: Received["at"];
  readonly encrypted: boolean;
  login: string;
  from: string;
  to: string[];
}

function main(folder: string): void {
  const received = (mail: Received) => {
    appendFileSync(join(folder, "received.jsonl"), `${JSON.stringify(mail)}\n`);
  };
  const pem = (file: string) => readFileSync(join(folder, file), "utf8");
  const serve = (at: Received["at"], name: string): Server =>
    createServer((socket) => {
      socket.write(`220 ${name}\r\n`);
      talk({ at, encrypted: false, login: "", from: "", to: [] }, socket, name);
    });

  function talk(session: Session, socket: Socket, name: string): void {
    let rest = "";
    let data: string[] | undefined;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const commands: Record<string, (line: string) => void> = {
      EHLO: () => say(`250-${name}\r\n${session.encrypted ? "250 AUTH PLAIN LOGIN" : "250 STARTTLS"}`),
      STARTTLS: () => {
        say("220 go");
        socket.removeAllListeners("data");
        const secure = new TLSSocket(socket, { isServer: true, cert: pem(`${name}.crt`), key: pem(`${name}.key`) });
        talk({ ...session, encrypted: true }, secure, name);
      },
      AUTH: (line) => {
        const [, username = "", password = ""] = Buffer.from(line.split(" ")[2] ?? "", "base64")
          .toString()
          .split("\0");
        const right = username === SES_LOGIN.username && password === SES_LOGIN.password;
        if (right) session.login = username;
        say(right ? "235 ok" : "535 Authentication Credentials Invalid");
      },
      MAIL: (line) => {
        session.from = address(line);
        if (session.at === "lmtp") say("250 ok");
        else if (session.login === "") say("530 Authentication required");
        else say(session.from === "" ? "501 Invalid MAIL FROM address provided" : "250 ok");
      },
      RCPT: (line) => {
        session.to.push(address(line));
        say("250 ok");
      },
      DATA: () => {
        data = [];
        say("354 go on");
      },
      QUIT: () => socket.end("221 bye\r\n"),
    };
    commands["LHLO"] = commands["EHLO"] ?? (() => undefined);
    const end = (text: string): void => {
      const { at, encrypted, login, from, to } = session;
      // LMTP answers for each recipient, SMTP once.
      for (const recipients of at === "lmtp" ? to.map((one) => [one]) : [to]) {
        const answer = ANSWERS[recipients.at(-1)?.split("@")[0] ?? ""] ?? "250 2.0.0 taken";
        received({ at, encrypted, login, from, to: recipients, text, answer });
        say(answer);
      }
      session.to = [];
    };
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      rest += chunk.toString("latin1");
      const lines = rest.split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (data === undefined) {
          const command = commands[(line.split(" ")[0] ?? "").toUpperCase()];
          if (command === undefined) say("250 ok");
          else command(line);
        } else if (line === ".") {
          const text = data.join("\n");
          data = undefined;
          end(text);
        } else data.push(line.replace(/^\.\./, "."));
      }
    });
  }

  const listen = (server: Server, port: number, host: string) =>
    new Promise<void>((resolve) => server.listen(port, host, resolve));
  void Promise.all([
    listen(serve("ses", "email-smtp.ap-northeast-1.amazonaws.com"), 587, "127.0.0.2"),
    listen(serve("lmtp", "mailbox.example.com"), 24, "127.0.0.3"),
    resolver(),
  ]).then(() => process.stdout.write("ready\n"));
}

function address(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? "";
}

const HOSTS: Readonly<Record<string, string>> = {
  "email-smtp.ap-northeast-1.amazonaws.com": "127.0.0.2",
  "mailstore.internal": "127.0.0.3",
  "example.com": "127.0.0.1",
  "elsewhere.example": "192.0.2.1",
};

/** Answers A queries for the hosts above; other names don't exist, and the known ones have nothing else. */
function resolver(): Promise<void> {
  const socket = createSocket("udp4");
  socket.on("message", (query, client) => {
    const labels: string[] = [];
    let place = 12;
    for (let length = query[place] ?? 0; length > 0; length = query[place] ?? 0) {
      labels.push(query.subarray(place + 1, place + 1 + length).toString());
      place += length + 1;
    }
    const question = query.subarray(12, place + 5);
    const host = HOSTS[labels.join(".").toLowerCase()];
    const answered = host !== undefined && query.readUInt16BE(place + 1) === 1;
    const flags = [0x81, host === undefined ? 0x83 : 0x80];
    const header = Buffer.from([0, 0, ...flags, 0, 1, 0, answered ? 1 : 0, 0, 0, 0, 0]);
    query.copy(header, 0, 0, 2);
    const record = answered
      ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...host.split(".").map(Number)])
      : "";
    socket.send(Buffer.concat([header, question, Buffer.from(record)]), client.port, client.address);
  });
  return new Promise((resolve) => {
    socket.bind(53, "127.0.0.53", resolve);
  });
}

if (require.main === module) main(process.argv[2] ?? ".");
