import type { Findings } from "../findings";
import { isRecord } from "../values";

/** The provider's rules about the instance metadata service. */
export function checkMetadataOptions(found: Findings): void {
  const options = found.inputs["metadataOptions"];
  if (!isRecord(options)) return;
  const inner = found.at("metadataOptions", options);
  inner.oneOf("httpEndpoint", ["enabled", "disabled"]);
  inner.oneOf("httpProtocolIpv6", ["enabled", "disabled"]);
  inner.oneOf("httpTokens", ["optional", "required"]);
  inner.oneOf("instanceMetadataTags", ["enabled", "disabled"]);
  inner.between("httpPutResponseHopLimit", 1, 64);
}
