import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { internetHosts, most, services } from "./topology";

/** What one namespace is told: a batch for `ip`, a file for `nft`. */
export interface Setting {
  readonly ip: string;
  readonly nft: string;
}

/** One packet that a host sends, and whatever follows from it. */
export interface Probe {
  readonly id: number;
  /** The namespace of the sender. */
  readonly at: string;
  readonly source: string;
  readonly destination: string;
  readonly protocol: "tcp" | "udp" | "icmp" | "253";
  readonly port: number;
  /** The client's port; of an echo its identifier. */
  readonly client: number;
}

export interface Seen {
  /** By probe and namespace: the request came in there, past the firewall. */
  readonly arrived: readonly (readonly [number, string])[];
  readonly answered: readonly number[];
}

const count = (length: number, name: string) => Array.from({ length }, (_, at) => `${name}${at}`);

export const vpcNamespaces = count(most.vpcs, "vpc");
export const machineNamespaces = count(most.machines, "machine");
export const natNamespaces = count(most.nats, "nat");

/**
 * Every machine and NAT gateway has a link to every VPC's router, the routers to one another and to the internet: a topology then only says which
 * are in use. An interface is called after the namespace at its other end.
 */
function links(): readonly (readonly [string, string, string, string])[] {
  const pairs = vpcNamespaces.flatMap((vpc, at) => [
    ...[...machineNamespaces, ...natNamespaces, "internet"].map((end) => [vpc, end] as const),
    ...vpcNamespaces.slice(at + 1).map((other) => [vpc, other] as const),
  ]);
  return pairs.map(([near, far]) => [near, far, far, near]);
}

/** The process that holds the namespaces; they are gone when it is. */
export class Agent {
  private readonly child: ChildProcess;
  private readonly waiting: { resolve: (line: string) => void; reject: (reason: Error) => void }[] = [];

  private constructor() {
    this.child = spawn("python3", [join(__dirname, "agent.py")], { stdio: ["pipe", "pipe", "inherit"] });
    this.child.on("error", (error) => {
      this.fail(error);
    });
    this.child.on("exit", (code, signal) => {
      this.fail(new Error(`the agent ended (${code ?? signal ?? ""})`));
    });
    const { stdout } = this.child;
    if (stdout === null) throw new Error("the agent has no output");
    createInterface({ input: stdout }).on("line", (line) => this.waiting.shift()?.resolve(line));
  }

  static async start(): Promise<Agent> {
    const agent = new Agent();
    await agent.ask("wire", {
      namespaces: ["internet", ...vpcNamespaces, ...machineNamespaces, ...natNamespaces],
      hosts: ["internet", ...machineNamespaces],
      links: links(),
      tcp: services.filter(({ protocol }) => protocol === "tcp").map(({ port }) => port),
      udp: services.filter(({ protocol }) => protocol === "udp").map(({ port }) => port),
    });
    return agent;
  }

  async configure(namespaces: Readonly<Record<string, Setting>>): Promise<void> {
    await this.ask("configure", { namespaces });
  }

  /** `quiet`: how many seconds without a packet end the wait. */
  async probe(probes: readonly Probe[], quiet: number): Promise<Seen> {
    return (await this.ask("probe", { probes, quiet })) as Seen;
  }

  /** The rules in force in some namespaces, each with how many packets it met. */
  async rules(namespaces: readonly string[]): Promise<Readonly<Record<string, string>>> {
    return ((await this.ask("rules", { namespaces })) as { rules: Record<string, string> }).rules;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.stdin?.end();
    await ended;
  }

  private async ask(what: string, rest: object): Promise<unknown> {
    const line = await new Promise<string>((resolve, reject) => {
      if (this.child.exitCode !== null) {
        reject(new Error("the agent has ended"));
        return;
      }
      this.waiting.push({ resolve, reject });
      this.child.stdin?.write(`${JSON.stringify({ do: what, ...rest })}\n`);
    });
    const answer = JSON.parse(line) as { complaints: readonly string[] };
    if (answer.complaints.length > 0) throw new Error(`the kernel refused: ${answer.complaints.join("; ")}`);
    return answer;
  }

  private fail(reason: Error): void {
    for (const { reject } of this.waiting.splice(0)) reject(reason);
  }
}

/** The addresses of the host on the internet, on its loopback. */
export const internetAddresses = internetHosts.map((address) => `addr add ${address}/32 dev lo`);
