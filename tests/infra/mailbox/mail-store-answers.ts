import type { Answers } from "../mocks";

/** What AWS answers for the mail store. */
export const MAIL_STORE_ANSWERS: Answers = {
  "aws:kms/key:Key": ({ name }) => ({ arn: `arn:aws:kms:${name}` }),
  "aws:efs/fileSystem:FileSystem": ({ name }) => ({ arn: `arn:aws:efs:${name}`, dnsName: `${name}.efs.example` }),
  "aws:efs/fileSystemPolicy:FileSystemPolicy": () => ({}),
  "aws:efs/backupPolicy:BackupPolicy": () => ({}),
  "aws:efs/mountTarget:MountTarget": () => ({}),
};
