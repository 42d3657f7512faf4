import { all, any, type Certainty, certaintyOf } from "../../reachability/certainty";
import { templatesOf } from "../../reachability/launch-templates";
import type { Links } from "../../reachability/links";
import { elements, field, given, label, type Resource, UNKNOWN, type Value } from "../../reachability/resources";
import { bad, type Check, good, outside, pending, switchOf } from "../check";
import { inOnePlace } from "../place";
import type { StoreKind } from "./store";

/**
 * EBS volumes: those of their own, and those that instances, launch templates and configurations make. Where the program doesn't say, a volume is as
 * its snapshot is, or as the account's default for the Region wants it (`aws:ebs/encryptionByDefault`), which also overrules a "no".
 */
export const blockStorage: readonly StoreKind[] = [
  {
    type: "aws:ebs/volume:Volume",
    noun: "EBS volume",
    checks: (volume, links) => [
      deviceCheck(links, volume, "", given(volume, "encrypted"), given(volume, "snapshotId") !== undefined),
    ],
  },
  {
    type: "aws:ec2/instance:Instance",
    noun: "instance",
    checks: (instance, links) => {
      const devices = [
        ...devicesOf(links, instance, "rootBlockDevice"),
        ...devicesOf(links, instance, "ebsBlockDevices"),
      ];
      const [template] = templatesOf(links, instance);
      if (template?.external === true)
        return [...devices, outside(`what volumes launch template ${template.id ?? "that isn't named"} describes`)];
      const describesRoot = given(instance, "rootBlockDevice") !== undefined || template !== undefined;
      return describesRoot ? devices : [...devices, rootCheck(links, instance)];
    },
  },
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    noun: "launch template",
    checks: (template, links) => {
      const devices = elements(given(template, "blockDeviceMappings")).flatMap((mapping) => {
        const ebs = mapping === UNKNOWN ? UNKNOWN : field(mapping, "ebs");
        if (ebs === undefined) return []; // An instance store, or a device that is taken away.
        const name = field(mapping, "deviceName");
        return [device(links, template, typeof name === "string" ? name : "", ebs)];
      });
      return devices.length > 0 ? devices : [rootCheck(links, template)];
    },
  },
  {
    type: "aws:ec2/launchConfiguration:LaunchConfiguration",
    noun: "launch configuration",
    checks: (configuration, links) => {
      const devices = [
        ...devicesOf(links, configuration, "rootBlockDevice"),
        ...devicesOf(links, configuration, "ebsBlockDevices"),
      ];
      return given(configuration, "rootBlockDevice") === undefined
        ? [...devices, rootCheck(links, configuration)]
        : devices;
    },
  },
];

function devicesOf(links: Links, owner: Resource, block: string): readonly Check[] {
  return elements(given(owner, block)).map((each) => {
    const name = field(each, "deviceName");
    return device(links, owner, typeof name === "string" ? name : block === "rootBlockDevice" ? "root" : "", each);
  });
}

function device(links: Links, owner: Resource, name: string, ebs: Value): Check {
  return deviceCheck(links, owner, name, field(ebs, "encrypted"), field(ebs, "snapshotId") !== undefined);
}

function deviceCheck(links: Links, owner: Resource, name: string, encrypted: Value, fromSnapshot: boolean): Check {
  const state = switchOf(encrypted);
  const byAccount = accountEncrypts(links, owner);
  if (state === "on" || byAccount === "yes") return good;
  const which = name === "" ? "volume" : `volume ${name}`;
  if (state === "unknown") return pending(`whether its ${which} is encrypted`);
  if (byAccount === "perhaps") return pending("whether the account's default in this stack covers it");
  if (state === "off") return bad(`${which} of ${label(owner)} isn't encrypted: encrypted is false`, fix);
  const source = fromSnapshot
    ? "the snapshot that it is made from"
    : "the account, which this stack sets no default of,";
  return left(owner, `whether ${source} encrypts its ${which} (say it: encrypted: true)`);
}

const fix = "set encrypted: true on the volume";

/** The image decides about a root volume that nobody describes. */
function rootCheck(links: Links, owner: Resource): Check {
  const byAccount = accountEncrypts(links, owner);
  if (byAccount === "yes") return good;
  return left(
    owner,
    "whether its root volume is encrypted, which only its image says (describe it, with encrypted: true)",
  );
}

function accountEncrypts(links: Links, owner: Resource): Certainty {
  return any(
    "no",
    ...links.ofTypes("aws:ebs/encryptionByDefault:EncryptionByDefault").map((setting) => {
      const enabled = given(setting, "enabled");
      return all(enabled === undefined ? "yes" : certaintyOf(enabled), inOnePlace(setting, owner));
    }),
  );
}

/** What exists tells what became of it; what only makes others doesn't. */
function left(owner: Resource, what: string): Check {
  return existing.includes(owner.type) ? pending(what) : outside(what);
}

const existing: readonly string[] = ["aws:ebs/volume:Volume", "aws:ec2/instance:Instance"];
