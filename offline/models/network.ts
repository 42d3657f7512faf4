import type { Model } from "../model";

interface Module {
  default: Model;
}

/** Models of VPC and EC2 networking by type; a file is loaded when its type is first met. */
export const models: Record<string, () => Model> = {
  "aws:ec2/vpc:Vpc": () => (require("./ec2/vpc") as Module).default,
  "aws:ec2/subnet:Subnet": () => (require("./ec2/subnet") as Module).default,
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": () =>
    (require("./ec2/vpcIpv4CidrBlockAssociation") as Module).default,
  "aws:ec2/internetGateway:InternetGateway": () => (require("./ec2/internetGateway") as Module).default,
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": () =>
    (require("./ec2/internetGatewayAttachment") as Module).default,
  "aws:ec2/eip:Eip": () => (require("./ec2/eip") as Module).default,
  "aws:ec2/natGateway:NatGateway": () => (require("./ec2/natGateway") as Module).default,
  "aws:ec2/routeTable:RouteTable": () => (require("./ec2/routeTable") as Module).default,
  "aws:ec2/route:Route": () => (require("./ec2/route") as Module).default,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": () =>
    (require("./ec2/routeTableAssociation") as Module).default,
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": () =>
    (require("./ec2/mainRouteTableAssociation") as Module).default,
  "aws:ec2/defaultRouteTable:DefaultRouteTable": () => (require("./ec2/defaultRouteTable") as Module).default,
  "aws:ec2/securityGroup:SecurityGroup": () => (require("./ec2/securityGroup") as Module).default,
  "aws:ec2/securityGroupRule:SecurityGroupRule": () => (require("./ec2/securityGroupRule") as Module).default,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": () => (require("./ec2/defaultSecurityGroup") as Module).default,
  "aws:ec2/networkAcl:NetworkAcl": () => (require("./ec2/networkAcl") as Module).default,
  "aws:ec2/networkAclRule:NetworkAclRule": () => (require("./ec2/networkAclRule") as Module).default,
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": () =>
    (require("./ec2/networkAclAssociation") as Module).default,
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": () => (require("./ec2/defaultNetworkAcl") as Module).default,
  "aws:ec2/vpcEndpoint:VpcEndpoint": () => (require("./ec2/vpcEndpoint") as Module).default,
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": () =>
    (require("./ec2/vpcEndpointRouteTableAssociation") as Module).default,
  "aws:ec2/flowLog:FlowLog": () => (require("./ec2/flowLog") as Module).default,
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": () => (require("./ec2/vpcPeeringConnection") as Module).default,
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": () =>
    (require("./ec2/vpcPeeringConnectionAccepter") as Module).default,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": () =>
    (require("./vpc/securityGroupIngressRule") as Module).default,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": () =>
    (require("./vpc/securityGroupEgressRule") as Module).default,
};
