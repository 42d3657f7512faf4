import assert from "node:assert/strict";

import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { type Providers, startProviders } from "../../../offline/server";
import { temporaryFolder } from "../../temporary-folder";

type Values = Record<string, JavaScriptValue>;

const VPC = "urn:pulumi:dev::test::aws:ec2/vpc:Vpc::main";

/** One connection, as the engine keeps one for each provider instance. */
class Connection {
  private readonly client: ResourceProviderClient;

  constructor(port: number) {
    // Without this, connections to one address would be shared.
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      "grpc.use_local_subchannel_pool": 1,
    });
  }

  private call<Response>(
    work: (callback: (error: ServiceError | null, response: Response) => void) => unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      work((error, response) => {
        if (error === null) resolve(response);
        else reject(error);
      });
    });
  }

  configure(args: Values): Promise<pb.ConfigureResponse> {
    const request = new pb.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(args));
    return this.call((callback) => this.client.configure(request, callback));
  }

  check(urn: string, news: Values): Promise<pb.CheckResponse> {
    const request = new pb.CheckRequest();
    request.setUrn(urn);
    request.setNews(Struct.fromJavaScript(news));
    return this.call((callback) => this.client.check(request, callback));
  }

  async arnInPreview(urn: string, news: Values): Promise<string> {
    const { arn } = await this.create(urn, news, true);
    return typeof arn === "string" ? arn : "";
  }

  async create(urn: string, news: Values, preview = false): Promise<Values> {
    const request = new pb.CreateRequest();
    request.setUrn(urn);
    request.setPreview(preview);
    request.setProperties((await this.check(urn, news)).getInputs());
    const response = await this.call<pb.CreateResponse>((callback) => this.client.create(request, callback));
    return { ...response.getProperties()?.toJavaScript(), id: response.getId() };
  }

  version(): Promise<string> {
    return this.call<{ getVersion(): string }>((callback) => this.client.getPluginInfo(new Empty(), callback)).then(
      (info) => info.getVersion(),
    );
  }

  schema(): Promise<pb.GetSchemaResponse> {
    return this.call((callback) => this.client.getSchema(new pb.GetSchemaRequest(), callback));
  }

  close(): void {
    this.client.close();
  }
}

describe("the provider's service", () => {
  let providers: Providers;
  const connections: Connection[] = [];

  function connect(): Connection {
    const connection = new Connection(providers.aws);
    connections.push(connection);
    return connection;
  }

  beforeEach(async () => {
    providers = await startProviders({
      worldDirectory: temporaryFolder("world"),
      previewIds: true,
      faults: [],
      log: () => undefined,
    });
  });

  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.close();
    await providers.stop();
  });

  it("answers as the version of @pulumi/aws that is installed", async () => {
    const { version } = (await import("@pulumi/aws/package.json")) as { version: string };
    assert.equal(await connect().version(), version);
  });

  it("announces previews", async () => {
    assert.equal((await connect().configure({ region: "ap-northeast-1" })).getSupportspreview(), true);
  });

  it("tells provider instances apart by their connection; a resource's own region goes first", async () => {
    const [tokyo, osaka] = [connect(), connect()];
    await tokyo.configure({ region: "ap-northeast-1" });
    await osaka.configure({ region: "ap-northeast-3" });
    const vpc = { cidrBlock: "10.0.0.0/16" };
    assert.match(await tokyo.arnInPreview(VPC, vpc), /^arn:aws:ec2:ap-northeast-1:/);
    assert.match(await osaka.arnInPreview(`${VPC}2`, vpc), /^arn:aws:ec2:ap-northeast-3:/);
    assert.match(await tokyo.arnInPreview(`${VPC}3`, { ...vpc, region: "us-east-1" }), /^arn:aws:ec2:us-east-1:/);
  });

  it("refuses a configuration without a region, or with a wrong one", async () => {
    const { AWS_REGION, AWS_DEFAULT_REGION, ...others } = process.env;
    process.env = others;
    try {
      await assert.rejects(
        connect().configure({}),
        /^Error: 3 INVALID_ARGUMENT: Missing region configuration: .*pulumi config set aws:region us-west-2`\.$/,
      );
    } finally {
      process.env = { ...others, ...(AWS_REGION && { AWS_REGION }), ...(AWS_DEFAULT_REGION && { AWS_DEFAULT_REGION }) };
    }
    await assert.rejects(connect().configure({ region: "Tokyo" }), /Invalid AWS Region: Tokyo/);
  });

  it("lays the provider's default tags under the resource's own", async () => {
    const connection = connect();
    await connection.configure({ region: "ap-northeast-1", defaultTags: '{"tags":{"team":"mail","Name":"none"}}' });
    const vpc = await connection.create(VPC, { cidrBlock: "10.0.0.0/16", tags: { Name: "main" } });
    assert.deepEqual(vpc["tagsAll"], { team: "mail", Name: "main" });
    assert.deepEqual(vpc["tags"], { Name: "main" });
  });

  it("names the property of a failed check where one was given, and words AWS's refusals as the real provider does", async () => {
    const connection = connect();
    await connection.configure({ region: "ap-northeast-1" });
    const [failure] = (await connection.check(VPC, { cidrBlok: "10.0.0.0/16" })).getFailuresList();
    assert.equal(failure?.getProperty(), "cidrBlok");
    assert.match(
      failure.getReason(),
      /^ProviderCheck: unknown property `cidrBlok` of aws:ec2\/vpc:Vpc; did you mean `cidrBlock`\?/,
    );
    await assert.rejects(
      connection.create("urn:pulumi:dev::test::aws:sqs/nothing:Nothing::x", {}),
      /has no resource type/,
    );
    await assert.rejects(connection.schema(), /doesn't implement GetSchema/);
  });
});
