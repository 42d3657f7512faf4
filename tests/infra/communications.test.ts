import assert from "node:assert/strict";
import { communicationsOutput, matrix, tierOf, type Row } from "../../infra/communications";

function line({ from, to, via, protocol, ports, survives }: Row): string {
  return `${from} -> ${to}${via === undefined ? "" : ` via ${via}`} ${protocol}/${ports.join(",")} ${survives}`;
}

const SERVICES = ["secretsmanager", "ssm", "ssmmessages", "logs", "autoscaling", "ec2", "s3"];

describe("the communications matrix", () => {
  it("has exactly these rows (M4)", () => {
    assert.deepEqual(matrix({ maintenance: false, operators: ["198.51.100.7/32"] }).map(line), [
      "internet -> relay via mail-nlb tcp/25 automatic",
      "internet -> relay via mail-nlb tcp/465,587 automatic",
      "internet -> mailbox via mail-nlb tcp/993,995 after-promotion",
      "internet -> web via web-alb tcp/443 automatic",
      "internet -> web-alb tcp/80 automatic",
      "operators -> bastion via bastion-nlb tcp/22 automatic",
      "bastion -> relay tcp/22 automatic",
      "bastion -> mailbox tcp/22 automatic",
      "bastion -> web tcp/22 automatic",
      "bastion -> proxy tcp/22 automatic",
      "relay -> mailbox via internal-mail-nlb tcp/24 after-promotion",
      "web -> mailbox via internal-mail-nlb tcp/993 after-promotion",
      "web -> relay via internal-mail-nlb tcp/587 automatic",
      "relay -> email-smtp tcp/587 automatic",
      "relay -> database tcp/5432 automatic",
      "mailbox -> database tcp/5432 after-promotion",
      "mailbox -> mailstore tcp/2049 after-promotion",
      "bastion -> proxy via proxy-nlb tcp/3128 automatic",
      "relay -> proxy via proxy-nlb tcp/3128 automatic",
      "mailbox -> proxy via proxy-nlb tcp/3128 automatic",
      "web -> proxy via proxy-nlb tcp/3128 automatic",
      "proxy -> internet tcp/80,443 automatic",
      ...["bastion", "proxy", "relay", "mailbox", "web"].flatMap((role) =>
        SERVICES.map((service) => `${role} -> ${service} tcp/443 automatic`),
      ),
    ]);
  });

  it("opens the database to the bastions during maintenance only (M1)", () => {
    const [open, closed] = [true, false].map((maintenance) => matrix({ maintenance, operators: [] }).map(line));
    assert.deepEqual(
      open?.filter((row) => !closed?.includes(row)),
      ["bastion -> database tcp/5432 after-promotion"],
    );
  });

  it("puts internet-facing balancers and nothing else into edge", () => {
    const parties = [
      ...new Set(matrix({ maintenance: true, operators: [] }).flatMap(({ from, to, via }) => [from, to, via ?? to])),
    ];
    assert.deepEqual(parties.filter((party) => tierOf(party) === "edge").sort(), [
      "bastion-nlb",
      "mail-nlb",
      "web-alb",
    ]);
    assert.deepEqual(parties.filter((party) => tierOf(party) === "internal").sort(), ["database", "mailstore"]);
    assert.deepEqual(parties.filter((party) => tierOf(party) === undefined).sort(), ["internet", "operators", "s3"]);
  });

  it("is given to the policy pack as plain data, with the addresses of the outside", () => {
    const output = communicationsOutput({ maintenance: false, operators: ["198.51.100.7/32"] });
    assert.deepEqual(JSON.parse(JSON.stringify(output)), output);
    assert.deepEqual(output.outsiders, { internet: ["0.0.0.0/0"], operators: ["198.51.100.7/32"] });
    assert.equal(output.version, 1);
    assert.deepEqual(output.rows, matrix({ maintenance: false, operators: ["198.51.100.7/32"] }));
  });
});
