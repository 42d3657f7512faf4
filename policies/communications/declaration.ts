import { z } from "zod";
import { parseBlock } from "../reachability/addresses";

const name = (what: string) => z.string({ error: `${what}: a name is wanted` }).min(1, `${what}: the name is empty`);

const block = z
  .string({ error: 'a block of addresses is wanted, as "203.0.113.0/24"' })
  .refine(isBlock, 'is no block of addresses: write one as "203.0.113.0/24"');

/** Short forms of IPv4 addresses (127.1) are read by some and refused by others, so that they are none here. */
function isBlock(text: string): boolean {
  return parseBlock(text) !== undefined && (text.includes(":") || text.split(".").length === 4);
}

const port = z
  .int({ error: "a port is a number from 1 to 65535" })
  .min(1, "a port is a number from 1 to 65535")
  .max(65535, "a port is a number from 1 to 65535");

const rowSchema = z.strictObject({
  from: name("who opens the connection"),
  to: name("whom it is opened to"),
  via: name("the load balancer in between").optional(),
  protocol: z.enum(["tcp", "udp"], { error: '"tcp" or "udp" is wanted' }),
  ports: z.array(port, { error: "a list of ports is wanted" }).min(1, "without a port the row allows nothing"),
  purpose: z.string({ error: "a text is wanted" }).default(""),
  survives: z
    .enum(["automatic", "after-promotion"], { error: '"automatic" or "after-promotion" is wanted' })
    .default("automatic"),
});

/**
 * The communications matrix as a program declares it: the JSON of the stack output `communications`, or the setting of that name.
 *
 * - `rows`: `from` may open connections to `to`, through `via`, on these ports (those that `from` dials); replies are implied
 * - `outsiders`: the addresses behind the parties that are no part of the stack; `internet` is known without being listed
 * - `parties`: which resources a party is (ids, URNs with `*`, logical names), where the tag `Role` doesn't say so
 * - `balancers`: what stands in `via`; told for the reader, the resources themselves are judged
 */
export const declarationSchema = z
  .strictObject({
    version: z.literal(1, { error: "this pack reads version 1" }).default(1),
    outsiders: z.record(z.string(), z.array(block)).default({}),
    balancers: z
      .record(
        z.string(),
        z.strictObject({
          tier: z.string().optional(),
          scheme: z.enum(["internet-facing", "internal"]).optional(),
          clientAddress: z.enum(["kept", "replaced"]).optional(),
        }),
      )
      .default({}),
    parties: z.record(z.string(), z.array(z.string().min(1)).min(1, "names no resource")).default({}),
    rows: z.array(rowSchema, { error: "a list of rows is wanted" }).min(1, "a matrix without a row allows nothing"),
  })
  .superRefine(({ outsiders, parties, rows }, context) => {
    const isOutside = (party: string) => party === internetName || party in outsiders;
    for (const party of Object.keys(parties).filter(isOutside))
      context.addIssue({ code: "custom", path: ["parties", party], message: "is an outsider too: list it once" });
    rows.forEach(({ from, to, via }, at) => {
      const wrong = (key: string, message: string) => {
        context.addIssue({ code: "custom", path: ["rows", at, key], message });
      };
      if (isOutside(from) && isOutside(to))
        wrong("to", `${from} and ${to} are both outside: nothing of it is seen here`);
      if (via !== undefined && isOutside(via)) wrong("via", `${via} is outside: a load balancer is wanted`);
    });
  });

/** The outsider that needs no addresses: whoever is on the internet. */
export const internetName = "internet";

export type Declaration = z.output<typeof declarationSchema>;
/** One requirement. */
export type Row = Declaration["rows"][number];

/** The setting of every rule that speaks about the matrix. */
export const communicationsSetting = declarationSchema
  .nullable()
  .default(null)
  .describe(
    "The declared communications matrix: `rows` of `{ from, to, via?, protocol, ports, purpose?, survives? }`, `outsiders` with their blocks of " +
      "addresses, `parties` with their resources where no tag `Role` tells. By default the stack output `communications`, the same as JSON.",
  );
