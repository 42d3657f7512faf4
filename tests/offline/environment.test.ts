import assert from "node:assert/strict";
import { offlineEnvironment } from "../../offline/environment";
import { homeOf } from "../../offline/home";

const home = homeOf({ DEJIMA_HOME: "/home" });
const environment = (user: NodeJS.ProcessEnv): NodeJS.ProcessEnv => offlineEnvironment(user, home, "/host.js");

describe("the environment of an offline run", () => {
  it("holds no credentials, login or backend of the user's", () => {
    const kept = environment({
      AWS_ACCESS_KEY_ID: "AKIA",
      AWS_PROFILE: "prod",
      AWS_SHARED_CREDENTIALS_FILE: "/secret",
      PULUMI_ACCESS_TOKEN: "pul-1",
      PULUMI_BACKEND_URL: "s3://prod",
      PULUMI_HOME: "/user",
    });
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "PULUMI_ACCESS_TOKEN"]) assert.equal(kept[name], undefined);
    assert.equal(kept["AWS_SHARED_CREDENTIALS_FILE"], "/dev/null");
    assert.equal(kept["PULUMI_BACKEND_URL"], "file:///home/backend?metadata=skip");
    assert.equal(kept["PULUMI_HOME"], "/home/pulumi");
  });

  it("keeps the rest, the Region too", () => {
    const kept = environment({ PATH: "/bin", AWS_REGION: "ap-northeast-1" });
    assert.deepEqual([kept["PATH"], kept["AWS_REGION"]], ["/bin", "ap-northeast-1"]);
  });

  it("downloads and type-checks nothing", () => {
    const kept = environment({});
    assert.equal(kept["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"], "true");
    assert.equal(kept["PULUMI_SKIP_UPDATE_CHECK"], "true");
    assert.equal(kept["TS_NODE_TRANSPILE_ONLY"], "true");
  });

  it("has a passphrase, but the user's where one is given", () => {
    assert.equal(environment({})["PULUMI_CONFIG_PASSPHRASE"], "dejima-offline");
    assert.equal(environment({ PULUMI_CONFIG_PASSPHRASE: "" })["PULUMI_CONFIG_PASSPHRASE"], "");
    assert.equal(environment({ PULUMI_CONFIG_PASSPHRASE_FILE: "/x" })["PULUMI_CONFIG_PASSPHRASE"], undefined);
  });
});
