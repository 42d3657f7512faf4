import { given, type Resource, UNKNOWN } from "../../reachability/resources";
import { good, outside, pending } from "../check";
import { bySwitch, type StoreKind } from "./store";

/** From where a database takes its data, and whether it is encrypted. */
const origins = ["snapshotIdentifier", "replicateSourceDb", "restoreToPointInTime", "replicationSourceIdentifier"];

function inherited(store: Resource) {
  const origin = origins.find((key) => given(store, key) !== undefined);
  return origin === undefined ? undefined : outside(`whether what its ${origin} names is encrypted`);
}

export const databases: readonly StoreKind[] = [
  bySwitch("aws:rds/instance:Instance", "database", "storageEncrypted", inherited),
  // An Aurora cluster without the setting is as its engine mode and the time of its creation have it.
  bySwitch(
    "aws:rds/cluster:Cluster",
    "database cluster",
    "storageEncrypted",
    (store) => inherited(store) ?? pending("what AWS makes of its storageEncrypted (say it: storageEncrypted: true)"),
  ),
  bySwitch("aws:docdb/cluster:Cluster", "DocumentDB cluster", "storageEncrypted", inherited),
  bySwitch("aws:neptune/cluster:Cluster", "Neptune cluster", "storageEncrypted", inherited),
  // Valkey is encrypted unless it is said otherwise, Redis isn't.
  bySwitch("aws:elasticache/replicationGroup:ReplicationGroup", "cache", "atRestEncryptionEnabled", (store) => {
    const engine = given(store, "engine");
    return engine === "valkey" ? good : engine === UNKNOWN ? pending("what its engine is") : undefined;
  }),
];
