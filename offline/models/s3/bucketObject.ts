import { objectModel } from "./objects";

export default objectModel("aws:s3/bucketObject:BucketObject");
