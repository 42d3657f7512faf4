import { parse } from "yaml";
import type { MachineFile } from "../../../infra/instances/cloud-config";
import type { Recorded } from "../mocks";

export interface UserData {
  readonly apt: { readonly http_proxy?: string; readonly https_proxy?: string };
  readonly packages: readonly string[];
  readonly write_files: readonly Required<MachineFile>[];
}

/** What a launch template's machines are told at boot. */
export function userDataOf(template: Recorded): UserData {
  return parse(Buffer.from(String(template.inputs["userData"]), "base64").toString()) as UserData;
}

/** The text of one file that cloud-init writes. */
export function fileIn(userData: UserData, path: string): string {
  const file = userData.write_files.find((one) => one.path === path);
  if (file === undefined)
    throw new Error(`no file ${path}, only ${userData.write_files.map((one) => one.path).join(", ")}`);
  return file.content;
}
