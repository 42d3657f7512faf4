/** What AWS refuses beside the ground truth, as tables of accepted examples and of changes to them. */
import { strict as assert } from "node:assert";
import type { Props } from "../../../offline/model";
import { Account, refusal } from "./account";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

/** What a case needs around it. */
export type Around = (account: Account) => Promise<void>;

const nothing: Around = () => Promise.resolve();

export const network: Around = async (account) => {
  await account.create(VPC, "vpc", { cidrBlock: "10.0.0.0/16" });
  await account.create("aws:ec2/internetGateway:InternetGateway", "igw", { vpcId: "${vpc.id}" });
  for (const [name, third] of [
    ["a", 0],
    ["b", 1],
  ] as const) {
    const place = { cidrBlock: `10.0.${third}.0/24`, availabilityZone: `us-east-1${name}` };
    await account.create(SUBNET, name, { vpcId: "${vpc.id}", ...place });
  }
};

/** One type's inputs that are accepted, and changes to them that are refused with a code, before or by the API. */
export interface Table {
  type: string;
  around?: Around;
  accepted: Props;
  /** Changes that are accepted: the neighbours of the refused ones. */
  alsoAccepted?: Props[];
  refused: [change: Props, code: string, phase?: "check"][];
}

function worded(change: Props): string {
  const text = JSON.stringify(change);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Tests that every example is accepted as it is, and refused with each of its changes. */
export function testRefusals(tables: readonly Table[]): void {
  for (const { type, around = nothing, accepted, alsoAccepted = [], refused } of tables) {
    it(`${type}: the example is accepted`, async () => {
      const account = new Account(true);
      await around(account);
      await account.create(type, "it", accepted);
    });
    for (const change of alsoAccepted) {
      it(`${type}: ${worded(change)} is accepted`, async () => {
        const account = new Account(true);
        await around(account);
        await account.create(type, "it", { ...accepted, ...change });
      });
    }
    for (const [change, code, phase] of refused) {
      it(`${type}: ${worded(change)} is refused: ${code}`, async () => {
        const account = new Account(true);
        await around(account);
        const {
          code: found,
          phase: when,
          message,
        } = await refusal(account.create(type, "it", { ...accepted, ...change }));
        assert.equal(found, code, message);
        assert.equal(when, phase ?? "create", message);
      });
    }
  }
}
