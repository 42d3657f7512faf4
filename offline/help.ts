/** Printed before the CLI's own help. */
export const HELP = `npm run offline -- <any pulumi command>
  Runs the Pulumi CLI on an embedded AWS: no account, no network, nothing asked that Pulumi itself wouldn't ask.
  The stack of -s (default: the selected one, else dev) is made when it is missing; -C <folder> runs another program.
  DEJIMA_HOME         folder of state and world (default: .dejima in the checkout; delete it to start anew)
  DEJIMA_PREVIEW_IDS  false: previews without ids, as with the real provider
  DEJIMA_FAULTS       calls that fail, e.g. create:aws:ec2/subnet:Subnet:3=InternalError,throttle:aws:ec2/vpc:Vpc:2
  The program, the policy pack and the options below are Pulumi's.

`;
