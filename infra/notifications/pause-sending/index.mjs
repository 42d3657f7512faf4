import { PutConfigurationSetSendingOptionsCommand, SESv2Client } from "@aws-sdk/client-sesv2";

const ses = new SESv2Client();

/**
 * Run by a CloudWatch alarm: stops all sending with the configuration set. Resuming is a person's decision.
 * The event: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 */
export async function handler(event) {
  const { alarmName, state } = event.alarmData;
  if (state.value !== "ALARM") return { paused: false };
  const ConfigurationSetName = process.env.CONFIGURATION_SET;
  await ses.send(new PutConfigurationSetSendingOptionsCommand({ ConfigurationSetName, SendingEnabled: false }));
  console.log(JSON.stringify({ paused: ConfigurationSetName, alarm: alarmName, reason: state.reason }));
  return { paused: true };
}
