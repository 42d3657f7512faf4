/** Words that blocks of instances and of launch templates take alike. Source: the enumerations of EC2's API reference. */
import type { Findings } from "../findings";
import { isRecord } from "../values";

const choices: [block: string, property: string, words: readonly string[]][] = [
  ["capacityReservationSpecification", "capacityReservationPreference", ["capacity-reservations-only", "none", "open"]],
  ["creditSpecification", "cpuCredits", ["standard", "unlimited"]],
  ["instanceMarketOptions", "marketType", ["capacity-block", "interruptible-capacity-reservation", "spot"]],
  ["maintenanceOptions", "autoRecovery", ["default", "disabled"]],
  ["placement", "tenancy", ["dedicated", "default", "host"]],
  ["privateDnsNameOptions", "hostnameType", ["ip-name", "resource-name"]],
];

export function checkChoices(found: Findings): void {
  for (const [block, property, words] of choices) {
    const nested = found.inputs[block];
    if (isRecord(nested)) found.at(block, nested).oneOf(property, words);
  }
}
