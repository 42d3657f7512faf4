/** `npm run reach -- --help` */
import { run } from "../command-line/run";
import { reach } from "./command";

run("reach", reach);
