import { INGRESS_RULE } from "../ec2/permissions";
import { groupRule } from "./groupRule";

export default groupRule(INGRESS_RULE, "ingress");
