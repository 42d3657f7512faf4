import type { Place, Props } from "../model";

const SUFFIXES: Record<string, string> = { "aws-cn": "amazonaws.com.cn" };
const REVERSED: Record<string, string> = { "aws-cn": "cn.com.amazonaws" };

/** Partition, and the ending of its DNS names. */
export function getPartition(_args: Props, { partition }: Place): Props {
  return {
    dnsSuffix: SUFFIXES[partition] ?? "amazonaws.com",
    id: partition,
    partition,
    reverseDnsPrefix: REVERSED[partition] ?? "com.amazonaws",
  };
}
