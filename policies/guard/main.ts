#!/usr/bin/env node
/** `npm run guard -- --help`; installed, `npx dejima-guard --help` */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { run } from "../command-line/run";
import { rules } from "../rules/catalogue";
import { guard } from "./command";

// Seen from `dist/guard`.
const { version } = JSON.parse(readFileSync(resolve(__dirname, "../../package.json"), "utf8")) as { version: string };

run("guard", (args, surroundings) =>
  guard(args, { ...surroundings, rules, version, today: new Date().toISOString().slice(0, 10) }),
);
