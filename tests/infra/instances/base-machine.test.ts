import assert from "node:assert/strict";
import { machine } from "../../../infra/instances/base-machine";

const base = { region: "ap-northeast-1", partition: "aws", architecture: "arm64", logGroup: "group" } as const;
const nothing = { packages: [], files: [], commands: [] };

function agentScript(more: { region?: string; partition?: string; architecture?: "amd64" | "arm64" }): string {
  const { files } = machine({ ...base, ...more }, nothing);
  return files.find(({ path }) => path.endsWith("install-ssm-agent"))?.content ?? "";
}

describe("the machine that every role starts from", () => {
  it("takes the Session Manager agent from the Region's bucket, past the proxy", () => {
    const url = "https://s3.ap-northeast-1.amazonaws.com/amazon-ssm-ap-northeast-1/latest/debian_arm64/";
    assert.ok(agentScript({}).includes(`${url}amazon-ssm-agent.deb`));
    assert.match(agentScript({}), /--noproxy '\*' --proto =https/);
  });

  it("knows the other partition's domain and the other architecture", () => {
    const script = agentScript({ region: "cn-north-1", partition: "aws-cn", architecture: "amd64" });
    assert.ok(script.includes("https://s3.cn-north-1.amazonaws.com.cn/amazon-ssm-cn-north-1/latest/debian_amd64/"));
  });

  it("runs what the role adds after the logs are kept and before Session Manager", () => {
    const { packages, commands, earlyCommands } = machine(base, {
      packages: ["squid-openssl"],
      files: [],
      earlyCommands: [["early"]],
      commands: [["role"]],
    });
    assert.equal(packages.at(-1), "squid-openssl");
    assert.deepEqual(earlyCommands, [["early"]]);
    assert.deepEqual(commands, [
      ["sysctl", "--system"],
      ["chronyc", "reload", "sources"],
      ["systemctl", "try-reload-or-restart", "ssh.service"],
      ["systemctl", "enable", "--now", "dejima-ship-logs.timer"],
      ["role"],
      ["/usr/local/sbin/dejima-install-ssm-agent"],
    ]);
  });

  it("has a role's artifacts before it runs what the role adds", () => {
    const part = { ...nothing, artifacts: [{ path: "/big", content: "x" }], commands: [["role"]] };
    const { commands, files } = machine({ ...base, artifactSource: "s3://bucket/main-role" }, part);
    const fetch = "/usr/local/sbin/dejima-fetch-artifacts";
    assert.ok(files.some(({ path }) => path === fetch));
    const programs = commands.map(([program]) => program);
    assert.ok(programs.indexOf(fetch) >= 0 && programs.indexOf(fetch) < programs.indexOf("role"));
  });

  it("isn't made when no artifact source is given", () => {
    assert.throws(() => machine(base, { ...nothing, artifacts: [{ path: "/big", content: "x" }] }), {
      name: "RangeError",
      message: "an artifact source is missing for /big",
    });
  });

  it("installs a package once", () => {
    assert.equal(machine(base, { ...nothing, packages: ["jq"] }).packages.filter((name) => name === "jq").length, 1);
  });
});
