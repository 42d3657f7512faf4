/**
 * These entries tell the SDK how to make resources out of references to them among the inputs. They load the classes themselves
 * only when one is made.
 */
import "@pulumi/aws/ec2";
import "@pulumi/aws/lambda";
import "@pulumi/aws/lb";
