import type { Course } from "./course";
import type { Answer, Verdict } from "./query";
import type { Estimate } from "./estimate";

/** The answer of one way; what gets through in part is enough, for an end whose address isn't known all of its addresses have to. */
export function judged(course: Course): Answer {
  const [request, connection] = [verdictOn(course.traffic), verdictOn(course.works)];
  const blockedBy =
    request === "blocked" ? course.blockedBy : connection === "blocked" ? course.replyBlockedBy : undefined;
  const open = request === "undetermined" ? course.traffic : connection === "undetermined" ? course.works : undefined;
  return {
    request,
    connection,
    path: course.path,
    ...(blockedBy === undefined ? {} : { blockedBy }),
    ...(open === undefined ? {} : { unknowns: open.unknowns }),
  };
}

function verdictOn({ must, may }: Estimate): Verdict {
  if (may.isEmpty) return "blocked";
  return must.isEmpty ? "undetermined" : "reachable";
}

const ranks: readonly Verdict[] = ["reachable", "undetermined", "blocked"];

/** Any of the ways will do: each verdict is the best that one of them has; path and reasons are of the way that connects best. */
export function bestOf(answers: readonly [Answer, ...Answer[]]): Answer {
  const rank = ({ request, connection }: Answer) => ranks.indexOf(connection) * 3 + ranks.indexOf(request);
  const best = answers.reduce((a, b) => (rank(b) < rank(a) ? b : a));
  const request = ranks.find((verdict) => answers.some((each) => each.request === verdict)) ?? best.request;
  return { ...best, request };
}

/** One interface of several is meant, it isn't known which: certain is only what holds for each. */
export function eachOf(answers: readonly [Answer, ...Answer[]], unknown: string): Answer {
  const [first, ...others] = answers;
  const agreed = (key: "request" | "connection"): Verdict =>
    others.every((each) => each[key] === first[key]) ? first[key] : "undetermined";
  const [request, connection] = [agreed("request"), agreed("connection")];
  if (request === first.request && connection === first.connection) return first;
  const { path } = first;
  return {
    request,
    connection,
    path,
    unknowns: [...new Set([...answers.flatMap((each) => each.unknowns ?? []), unknown])],
  };
}
