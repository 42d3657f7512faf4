import { type Network, readNetwork } from "../reachability/network";
import { listParties } from "../reachability/party-list";
import { BadInput } from "../command-line/bad-input";
import { parseJson } from "../stack-source/document";
import { explain, titleOf } from "./explain";
import { HELP } from "./help";
import { type Naming, namingOf } from "./hop-names";
import { answerAll, inWords, type JointAnswer } from "./joint-answer";
import { matrixOf } from "./matrix";
import { matrixTable } from "./matrix-table";
import { type Meaning, Names } from "./names";
import { resourcesOf } from "../stack-source/stack-source";
import { type Expectation, type Options, optionOf, parseOptions } from "./options";
import { type Paint, paintFor } from "../command-line/paint";
import { type Question, readQuestions } from "./queries";
import { type Surroundings, textOf } from "../command-line/surroundings";

/** `npm run reach`: 0 answered, 1 `--expect` isn't met, 2 bad input. Throws only what is a fault of its own. */
export async function reach(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options === "help") {
      surroundings.out(HELP);
      return 0;
    }
    return await answered(options, surroundings);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    surroundings.err(`${error.problems.join("\n")}\n`);
    return 2;
  }
}

async function answered(options: Options, surroundings: Surroundings): Promise<number> {
  const { out, err, isTerminal, env } = surroundings;
  const paint = paintFor(isTerminal, env);
  // Before the network: a state takes seconds to export.
  const questions = await questionsOf(options, surroundings);
  const { resources, source } = await resourcesOf(options, surroundings);
  const network = readNetwork(resources);
  const parties = listParties(network);
  const note = paint.quiet(`In ${source}:`);
  if (options.question.kind === "all") {
    const cells = matrixOf(network, parties);
    out(options.json ? json(cells) : `${note}\n${matrixTable(cells, paint)}\n`);
    return 0;
  }
  const answers = answersTo(network, new Names(parties, resources), questions, whereOf(options));
  if (options.json) {
    const plain = answers.map(({ pairs: _, ...answer }) => answer);
    out(json(options.question.kind === "one" ? plain[0] : plain));
  } else out(`${note}\n${texts(questions, answers, paint, namingOf(resources))}\n`);
  if (options.expect === undefined) return 0;
  const missed = missedBy(questions, answers, options.expect);
  for (const line of missed) err(`${line}\n`);
  return missed.length === 0 ? 0 : 1;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function texts(
  questions: readonly Question[],
  answers: readonly JointAnswer[],
  paint: Paint,
  naming: () => Naming,
): string {
  return questions
    .flatMap((each, at) => {
      const found = answers[at];
      return found === undefined ? [] : [explain(each, found, paint, naming())];
    })
    .join("\n\n");
}

function missedBy(
  questions: readonly Question[],
  answers: readonly JointAnswer[],
  expected: Expectation,
): readonly string[] {
  return questions.flatMap((question, at) => {
    const found = answers[at];
    if (found === undefined) return [];
    const met = expected === "reachable" ? found.connection === "reachable" : found.request === "blocked";
    return met ? [] : [`Expected ${expected}: ${titleOf(question)} is ${inWords(found)}`];
  });
}

type Where = (index: number, field: string) => string;

function whereOf({ question: { kind } }: Options): Where {
  if (kind === "one") return (_, field) => optionOf[field] ?? `--${field}`;
  return (index, field) => `queries[${index}]${field === "" ? "" : `.${field}`}`;
}

async function questionsOf(options: Options, surroundings: Surroundings): Promise<readonly Question[]> {
  const { question } = options;
  if (question.kind === "all") return [];
  const raw = question.kind === "one" ? [question.raw] : await queryList(question.file, surroundings);
  const { questions, problems } = readQuestions(raw, whereOf(options));
  if (problems.length > 0) throw new BadInput(problems);
  return questions;
}

async function queryList(file: string, surroundings: Surroundings): Promise<readonly unknown[]> {
  const list = parseJson(await textOf("--queries", file, surroundings), { option: "--queries", name: file });
  if (Array.isArray(list)) return list as readonly unknown[];
  throw new BadInput([`--queries: ${file} is no array [{from, to, protocol, …}]`]);
}

function answersTo(
  network: Network,
  names: Names,
  questions: readonly Question[],
  where: Where,
): readonly JointAnswer[] {
  const problems: string[] = [];
  const meant = (name: string, index: number, field: string): Meaning => {
    const found = names.resolve(name);
    if (!("problem" in found)) return found;
    problems.push(`${where(index, field)}: ${name} ${found.problem}`);
    return { members: [] };
  };
  const ends = questions.map(({ from, to }, index) => ({
    from: meant(from, index, "from"),
    to: meant(to, index, "to"),
  }));
  questions.forEach(({ from, to }, index) => {
    if (from === "internet" && to === "internet") {
      problems.push(`${where(index, "to")}: both ends are the internet, so nothing of this network is asked about`);
    }
  });
  if (problems.length > 0) throw new BadInput(problems);
  return questions.flatMap((question, index) => {
    const end = ends[index];
    return end === undefined ? [] : [answerAll(network, question, end.from, end.to)];
  });
}
