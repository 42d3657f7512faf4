import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { renderCloudConfig, USER_DATA_LIMIT, type CloudConfig } from "../../../infra/instances/cloud-config";

const minimal: CloudConfig = { packages: ["curl"], files: [], earlyCommands: [], commands: [["true"]] };

function parsed(config: CloudConfig): Record<string, unknown> {
  const text = renderCloudConfig(config);
  assert.match(text, /^#cloud-config\n/);
  return parse(text) as Record<string, unknown>;
}

describe("cloud-init user data", () => {
  it("fetches packages through the proxy, again and again when it fails (M5)", () => {
    const { apt } = parsed({ ...minimal, proxyUrl: "http://proxy:3128" }) as { apt: Record<string, string> };
    assert.equal(apt["http_proxy"], "http://proxy:3128");
    assert.equal(apt["https_proxy"], "http://proxy:3128");
    assert.match(apt["conf"] ?? "", /^Acquire::Retries "10";$/m);
  });

  it("names no proxy for the proxies themselves", () => {
    assert.deepEqual(Object.keys(parsed(minimal)["apt"] as object), ["conf"]);
  });

  it("shuts root and passwords out", () => {
    const { disable_root, ssh_pwauth } = parsed(minimal);
    assert.deepEqual({ disable_root, ssh_pwauth }, { disable_root: true, ssh_pwauth: false });
  });

  it("writes every file after the packages, whatever is in it", () => {
    const name = fc.stringMatching(/^[a-z]{1,20}$/);
    const file = fc.record({ path: name.map((text) => `/etc/${text}`), content: fc.string({ maxLength: 200 }) });
    fc.assert(
      fc.property(fc.array(file, { maxLength: 8 }), (files) => {
        assert.deepEqual(
          parsed({ ...minimal, files })["write_files"],
          files.map((one) => ({ ...one, owner: "root:root", permissions: "0644", defer: true })),
        );
      }),
    );
  });

  it("counts bytes against EC2's 16 KiB and names the largest files", () => {
    const overhead = Buffer.byteLength(renderCloudConfig({ ...minimal, files: [{ path: "/big", content: "x" }] })) - 1;
    const fits = USER_DATA_LIMIT - overhead - 1;
    const of = (bytes: number): CloudConfig => ({ ...minimal, files: [{ path: "/big", content: "x".repeat(bytes) }] });
    assert.equal(Buffer.byteLength(renderCloudConfig(of(fits))), USER_DATA_LIMIT - 1);
    assert.throws(() => renderCloudConfig(of(fits + 1)), {
      name: "RangeError",
      message: new RegExp(`^user data has 16384 bytes and must have fewer than 16384; .* /big \\(${fits + 1}\\)\\.`),
    });
    assert.throws(
      () => renderCloudConfig({ ...minimal, files: [{ path: "/wide", content: "あ".repeat(6000) }] }),
      /\/wide \(18000\)/,
    );
  });
});
