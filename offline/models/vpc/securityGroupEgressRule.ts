import { EGRESS_RULE } from "../ec2/permissions";
import { groupRule } from "./groupRule";

export default groupRule(EGRESS_RULE, "egress");
