import { objectModel } from "./objects";

export default objectModel("aws:s3/bucketObjectv2:BucketObjectv2");
