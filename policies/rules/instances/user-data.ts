import { elements, field, given, type Resource, UNKNOWN, type Value } from "../../reachability/resources";

/** What starts with user data, how a message calls it, and where that stands. */
export const LAUNCHED: Readonly<Record<string, { readonly noun: string; readonly properties: readonly string[] }>> = {
  "aws:ec2/instance:Instance": { noun: "instance", properties: ["userData", "userDataBase64"] },
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": {
    noun: "spot instance request",
    properties: ["userData", "userDataBase64"],
  },
  "aws:ec2/launchTemplate:LaunchTemplate": { noun: "launch template", properties: ["userData"] },
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    noun: "launch configuration",
    properties: ["userData", "userDataBase64"],
  },
  "aws:ec2/spotFleetRequest:SpotFleetRequest": { noun: "spot fleet", properties: ["launchSpecifications"] },
  "aws:lightsail/instance:Instance": { noun: "Lightsail instance", properties: ["userData"] },
};

export interface UserData {
  readonly property: string;
  readonly value: Value;
}

/** The user data of a resource, property by property, as the program gave it. */
export function userDataOf(resource: Resource): readonly UserData[] {
  return (LAUNCHED[resource.type]?.properties ?? []).flatMap((property) => {
    const value = given(resource, property);
    if (value === undefined) return [];
    if (property !== "launchSpecifications") return [{ property, value }];
    return elements(value)
      .map((each): UserData => ({
        property: `${property}.userData`,
        value: each === UNKNOWN ? UNKNOWN : field(each, "userData"),
      }))
      .filter((each) => each.value !== undefined);
  });
}
