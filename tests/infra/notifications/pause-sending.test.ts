import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { text } from "node:stream/consumers";
import { ALARM_EVENT } from "./alarm-event";

const CODE = pathToFileURL(join(__dirname, "../../../infra/notifications/pause-sending/index.mjs")).href;
const RUN = `const { handler } = await import(${JSON.stringify(CODE)});
process.stdout.write(JSON.stringify(await handler(JSON.parse(process.env.EVENT))) + "\\n");`;

interface Call {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly body: unknown;
}

/** The function as Lambda runs it, with AWS's own SDK against a server on loopback that notes what it is asked. */
describe("the function that pauses sending (M9)", () => {
  let server: Server;
  let calls: Call[];
  let status: number;

  beforeEach((done) => {
    calls = [];
    status = 200;
    server = createServer((request, response) => {
      void text(request).then((body) => {
        calls.push({ method: request.method, path: request.url, body: JSON.parse(body || "null") });
        response.writeHead(status, { "content-type": "application/json" }).end("{}");
      });
    }).listen(0, "127.0.0.1", done);
  });
  afterEach((done) => {
    server.close(done);
  });

  async function run(event: unknown): Promise<{ code: number | null; lines: string[]; errors: string }> {
    const child = spawn(process.execPath, ["--input-type=module", "-e", RUN], {
      env: {
        PATH: process.env["PATH"],
        EVENT: JSON.stringify(event),
        CONFIGURATION_SET: "dejima-dev",
        AWS_REGION: "ap-northeast-1",
        AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
        AWS_SECRET_ACCESS_KEY: "example",
        AWS_MAX_ATTEMPTS: "1",
        AWS_ENDPOINT_URL_SESV2: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      },
    });
    const [output, errors, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.on("close", resolve)),
    ]);
    return { code, lines: output.trim().split("\n"), errors };
  }

  it("stops the configuration set's sending when the alarm goes off, and logs why", async () => {
    const { code, lines, errors } = await run(ALARM_EVENT);
    assert.equal(code, 0, errors);
    assert.deepEqual(calls, [
      { method: "PUT", path: "/v2/email/configuration-sets/dejima-dev/sending", body: { SendingEnabled: false } },
    ]);
    const [log, answer] = lines.map((line): unknown => JSON.parse(line));
    assert.deepEqual(answer, { paused: true });
    assert.deepEqual(log, {
      paused: "dejima-dev",
      alarm: ALARM_EVENT.alarmData.alarmName,
      reason: ALARM_EVENT.alarmData.state.reason,
    });
  });

  it("leaves it alone when the alarm is over: resuming is a person's decision", async () => {
    const state = { ...ALARM_EVENT.alarmData.state, value: "OK" };
    const { code, lines } = await run({ ...ALARM_EVENT, alarmData: { ...ALARM_EVENT.alarmData, state } });
    assert.equal(code, 0);
    assert.deepEqual(calls, []);
    assert.deepEqual(lines, ['{"paused":false}']);
  });

  it("fails when SES refuses, so that Lambda tries again", async () => {
    status = 400;
    const { code } = await run(ALARM_EVENT);
    assert.notEqual(code, 0);
  });
});
