/** Times of day at which RDS may back up or maintain: `hh24:mi-hh24:mi`, with a day of the week for maintenance. UTC. */
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const CLOCK = "([01]\\d|2[0-3]):([0-5]\\d)";
const DAY = `(${DAYS.join("|")})`;
const DAILY = new RegExp(`^${CLOCK}-${CLOCK}$`);
const WEEKLY = new RegExp(`^${DAY}:${CLOCK}-${DAY}:${CLOCK}$`, "i");
const MINUTES = 1440;
const SHORTEST = 30;

export function isDaily(window: string): boolean {
  return DAILY.test(window);
}

export function isWeekly(window: string): boolean {
  return WEEKLY.test(window);
}

interface Span {
  start: number;
  length: number;
}

function span(start: number, end: number, cycle: number): Span {
  return { start, length: (end - start + cycle) % cycle };
}

function minute(hours: string | undefined, minutes: string | undefined): number {
  return Number(hours) * 60 + Number(minutes);
}

function daily(window: string): Span | undefined {
  const parts = DAILY.exec(window);
  return parts === null ? undefined : span(minute(parts[1], parts[2]), minute(parts[3], parts[4]), MINUTES);
}

function weekly(window: string): Span | undefined {
  const parts = WEEKLY.exec(window.toLowerCase());
  if (parts === null) return undefined;
  const at = (day: string | undefined, clock: number): number => DAYS.indexOf(day ?? "") * MINUTES + clock;
  return span(at(parts[1], minute(parts[2], parts[3])), at(parts[4], minute(parts[5], parts[6])), 7 * MINUTES);
}

/** True when a window that parses is shorter than the 30 minutes RDS wants. */
export function tooShort(window: string): boolean {
  const found = daily(window) ?? weekly(window);
  return found !== undefined && found.length < SHORTEST;
}

/** True when the daily and the weekly window meet on the maintenance day. */
export function overlap(backup: string, maintenance: string): boolean {
  const [one, other] = [daily(backup), weekly(maintenance)];
  if (one === undefined || other === undefined) return false;
  const start = other.start % MINUTES;
  const after = (start - one.start + MINUTES) % MINUTES;
  const before = (one.start - start + MINUTES) % MINUTES;
  return after < one.length || before < other.length;
}
