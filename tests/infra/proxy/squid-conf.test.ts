import assert from "node:assert/strict";
import { renderSquidConf } from "../../../infra/proxy/squid-conf";

function lines(...allowances: Parameters<typeof renderSquidConf>[0]["allowances"]): string[] {
  return renderSquidConf({ vpcCidr: "10.0.0.0/16", allowances }).split("\n");
}

describe("squid.conf (M5)", () => {
  it("with nothing allowed refuses everything, in the open and in TLS", () => {
    const some = lines();
    assert.deepEqual(
      some.filter((line) => /allow|splice/.test(line)),
      [],
    );
    assert.equal(some.filter((line) => line.startsWith("http_access")).at(-1), "http_access deny all");
    assert.equal(some.filter((line) => line.startsWith("ssl_bump")).at(-1), "ssl_bump terminate all");
  });

  it("checks a TLS connection by the name in CONNECT and by the one in the client's hello", () => {
    const some = lines({ zones: undefined, port: 443, names: ["a.com"] });
    assert.deepEqual(
      some.filter((line) => line.includes("list0")),
      [
        "acl list0_name dstdomain -n a.com",
        "acl list0_sni ssl::server_name --client-requested a.com",
        "http_access allow clients port443 list0_name",
        "ssl_bump splice named clients list0_sni",
      ],
    );
  });

  it("lets port 80 through in the open only", () => {
    const some = lines({ zones: undefined, port: 80, names: ["a.com"] });
    assert.ok(some.includes("http_access allow clients port80 list0_name"));
    assert.ok(some.includes("http_access deny connect !port443"));
    assert.ok(!some.some((line) => line.startsWith("ssl_bump splice")));
  });

  it("knows a zone's clients by their subnet, whichever proxy they reach", () => {
    const some = lines({ zones: ["apne1-az1", "apne1-az4"], port: 443, names: ["a.com"] });
    assert.ok(some.includes("acl list0_from src 10.0.0.0/21 10.0.24.0/21"));
    assert.ok(some.includes("http_access allow list0_from port443 list0_name"));
    assert.ok(some.includes("ssl_bump splice named list0_from list0_sni"));
  });

  it("refuses inner addresses, instance metadata among them, before any name is allowed", () => {
    const some = lines({ zones: undefined, port: 80, names: ["a.com"] });
    assert.ok(some.indexOf("http_access deny inside") < some.findIndex((line) => line.startsWith("http_access allow")));
    assert.ok(some.some((line) => line.startsWith("acl inside dst ") && line.includes(" 169.254.0.0/16 ")));
  });

  it("refuses a hello without a name before any list is asked", () => {
    const some = lines({ zones: undefined, port: 443, names: ["a.com"] });
    assert.deepEqual(
      some.filter((line) => line.startsWith("ssl_bump")),
      [
        "ssl_bump peek hello",
        "ssl_bump terminate named keep_sni no_sni",
        "ssl_bump splice named clients list0_sni",
        "ssl_bump terminate all",
      ],
    );
  });
});
