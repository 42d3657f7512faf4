import type { Findings } from "../findings";
import { integer, text } from "../values";

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** The provider's rules about options that instances and launch templates share. */
export function checkLaunchOptions(found: Findings): void {
  found.within("creditSpecification")?.oneOf("cpuCredits", ["standard", "unlimited"]);
  found.within("maintenanceOptions")?.oneOf("autoRecovery", ["default", "disabled"]);
  found.within("privateDnsNameOptions")?.oneOf("hostnameType", ["ip-name", "resource-name"]);
  found.within("cpuOptions")?.oneOf("amdSevSnp", ["enabled", "disabled"]);
  found.within("networkPerformanceOptions")?.oneOf("bandwidthWeighting", ["default", "vpc-1", "ebs-1"]);
  const reservation = found.within("capacityReservationSpecification");
  reservation?.oneOf("capacityReservationPreference", ["capacity-reservations-only", "none", "open"]);
  const target = reservation?.within("capacityReservationTarget");
  target?.conflict("capacityReservationId", ["capacityReservationResourceGroupArn"]);
  target?.arn("capacityReservationResourceGroupArn");
  checkMarket(found.within("instanceMarketOptions"));
}

function checkMarket(market: Findings | undefined): void {
  const markets = ["spot", "capacity-block", "interruptible-capacity-reservation", "on-demand"];
  market?.oneOf("marketType", markets);
  const spot = market?.within("spotOptions");
  if (spot === undefined) return;
  spot.oneOf("instanceInterruptionBehavior", ["hibernate", "stop", "terminate"]);
  spot.oneOf("spotInstanceType", ["one-time", "persistent"]);
  const minutes = integer(spot.inputs["blockDurationMinutes"]);
  if (minutes !== undefined && minutes % 60 !== 0)
    spot.refuse(
      "blockDurationMinutes",
      "InvalidParameterValue",
      `expected blockDurationMinutes to be divisible by 60, got: ${minutes}`,
    );
  const until = text(spot.inputs["validUntil"]);
  if (until !== undefined && (!RFC3339.test(until) || Number.isNaN(Date.parse(until))))
    spot.refuse(
      "validUntil",
      "InvalidParameterValue",
      `expected "validUntil" to be a valid RFC3339 date, got "${until}"`,
    );
}
