/** EFS file systems as other resources refer to them. */
import { AwsError } from "../../aws-error";
import type { OperationContext, Place } from "../../model";
import type { Thing } from "../../world";
import { text } from "../values";

export const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
export const MOUNT_TARGET = "aws:efs/mountTarget:MountTarget";
/** The code of a request that EFS doesn't take. */
export const CODE = "BadRequest";

/** The file system that an input names; undefined while unknown. Throws where it isn't there. */
export function fileSystemOf({ inputs, world }: OperationContext): Thing | undefined {
  const id = text(inputs["fileSystemId"]);
  if (id === undefined) return undefined;
  const fileSystem = world.find(FILE_SYSTEM, id);
  if (fileSystem === undefined)
    throw new AwsError("FileSystemNotFound", `File system '${id}' does not exist.`, "fileSystemId");
  return fileSystem;
}

/** `fs-….efs.<region>.amazonaws.com`: answers with the mount target of the asking instance's zone. */
export function dnsName(id: string, { partition, region }: Place): string {
  return `${id}.efs.${region}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}`;
}
