import { type Course, doubt } from "./course";
import { throughAcl } from "./firewalls";
import type { Direction } from "./network-acls";
import type { Network } from "./network";
import type { SendingSite, Site } from "./sites";
import type { Subnet } from "./vpcs";

/** Whose traffic goes where. */
export interface Trip {
  readonly network: Network;
  /** Who sends, as the receiver sees it: the last that translated the source. */
  readonly from: SendingSite;
  readonly to: Site;
  /** A reply: groups aren't asked, translations don't fit, and nothing answers it. */
  readonly isReply: boolean;
  /** URNs of gateways on the way so far; none carries the same traffic twice. */
  readonly passed: readonly string[];
  /** How many more guesses are followed; shared by all branches of one passage. */
  readonly guesses: Guesses;
  /** What isn't known has been guessed on the way already: this is one of several ways that it may take. */
  readonly isGuess: boolean;
  /** What routes and gateways alone would carry is asked: no network ACL on the way stops it, nor a group. */
  readonly ignoresFirewalls?: true;
}

/**
 * Where tables and targets aren't known, the ways that traffic may take multiply. Past so many guesses the rest is left open instead, which is
 * never wrong: all of it may arrive.
 */
export interface Guesses {
  left: number;
}

/** Enough for what a preview leaves unknown. */
const followedGuesses = 24;

export function noGuessYet(): Pick<Trip, "guesses" | "isGuess"> {
  return { guesses: { left: followedGuesses }, isGuess: false };
}

/** The rest is left open when it would be one guess too many. */
export function guessing(trip: Trip, course: Course, where: string, follow: () => Course): Course {
  const isGuess = trip.isGuess || course.traffic.must.isEmpty;
  if (!isGuess || trip.guesses.left-- > 0) return follow();
  return doubt(course, "too much to follow every way there may be", { what: where });
}

/** Over the border of a subnet on the way, by its network ACL. */
export function overBorder(trip: Trip, course: Course, subnet: Subnet, direction: Direction): Course {
  return trip.ignoresFirewalls === true ? course : throughAcl(trip.network.links, course, subnet, direction);
}

/** Sends traffic on by the routes of a subnet, past its network ACL already. */
export type Forward = (trip: Trip, course: Course, at: Subnet) => Course;
