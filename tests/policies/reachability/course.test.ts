import assert from "node:assert/strict";
import { blocks } from "../../../policies/reachability/addresses";
import {
  begin,
  block,
  type Course,
  doubt,
  fork,
  isOver,
  lost,
  pass,
  passBack,
  readdressed,
  replyTo,
  restored,
  supposed,
  undecided,
  whicheverCourse,
  withReply,
} from "../../../policies/reachability/course";
import { anything, type Estimate, exactly, nothing, perhaps } from "../../../policies/reachability/estimate";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { Traffic } from "../../../policies/reachability/traffic";
import { assertExactly, assertOpen } from "./estimates";

const tcp = (low: number, high = low) =>
  Traffic.where({ protocol: IntervalSet.range(6, 6), ports: IntervalSet.range(low, high) });
const from = (...texts: string[]) => Traffic.where({ source: blocks(...texts) });
const hop = (what: string) => ({ what });
const told = ({ path }: Course) => path.map(({ what }) => what);
const start = (traffic = tcp(1, 9), each: Course["each"] = []) => begin(traffic, hop("start"), each);

describe("the course of a request", () => {
  it("begins with all of the traffic, certain, replies included", () => {
    const course = start();
    assertExactly(course.traffic, tcp(1, 9));
    assertExactly(course.works, tcp(1, 9));
    assert.deepEqual(course.traffic.unknowns, []);
    assert.deepEqual([told(course), course.blockedBy, course.replyBlockedBy], [["start"], undefined, undefined]);
    assert.equal(isOver(course), false);
  });

  it("keeps what a hop lets pass, of requests and of what works", () => {
    const course = pass(start(), exactly(tcp(5, 20)), (passed) => hop(`group ${passed}`));
    assertExactly(course.traffic, tcp(5, 9));
    assertExactly(course.works, tcp(5, 9));
    assert.deepEqual([told(course), course.blockedBy], [["start", "group true"], undefined]);
  });

  it("ends where nothing passes, and says so once", () => {
    const course = pass(start(), exactly(tcp(20)), (passed) => hop(`group ${passed}`));
    assert.ok(isOver(course));
    assert.deepEqual([told(course), course.blockedBy], [["start", "group false"], hop("group false")]);
    const after = pass(course, anything, () => assert.fail("asked after the end"));
    assert.equal(after, course);
  });

  it("isn't certain of what passes perhaps", () => {
    const course = pass(start(), perhaps(anything, "the rules"), () => hop("group"));
    assertOpen(course.traffic, tcp(1, 9));
    assert.deepEqual(course.traffic.unknowns, ["the rules"]);
    assert.equal(course.blockedBy, undefined);
  });

  it("names no unknown where all of it passes for certain", () => {
    const course = pass(start(), { must: tcp(1, 9), may: Traffic.all, unknowns: ["other ports"] }, () => hop("group"));
    assertExactly(course.traffic, tcp(1, 9));
    assert.deepEqual(course.traffic.unknowns, []);
  });

  it("is blocked by a hop that lets nothing pass", () => {
    const course = block(start(), hop("wall"));
    assert.ok(course.traffic.may.isEmpty && course.works.may.isEmpty);
    assert.deepEqual([told(course), course.blockedBy], [["start", "wall"], hop("wall")]);
  });

  it("is open after a doubt, told or not", () => {
    const doubted = doubt(start(), "what it does", hop("appliance"));
    const silent = supposed(start(), "what it does");
    for (const course of [doubted, silent]) {
      assertOpen(course.traffic, tcp(1, 9));
      assertOpen(course.works, tcp(1, 9));
      assert.deepEqual(course.works.unknowns, ["what it does"]);
    }
    assert.deepEqual([told(doubted), told(silent)], [["start", "appliance"], ["start"]]);
  });

  it("carries other addresses after a translation", () => {
    const course = readdressed(start(from("10.0.0.1")), { source: blocks("52.0.0.1") });
    assertExactly(course.traffic, from("52.0.0.1"));
    assertExactly(course.works, from("52.0.0.1"));
  });

  it("carries another port after a translation, but ICMP its own code", () => {
    const code = IntervalSet.range(0, 0);
    const echo = Traffic.where({
      protocol: IntervalSet.range(1, 1),
      ports: IntervalSet.range(8, 8),
      sourcePorts: code,
    });
    const course = readdressed(start(tcp(1).union(echo)), { sourcePorts: IntervalSet.range(7, 7) });
    const ported = tcp(1).intersect(Traffic.where({ sourcePorts: IntervalSet.range(7, 7) }));
    assertExactly(course.traffic, ported.union(echo));
  });

  it("has its own headers again behind a translation, of what came through it", () => {
    const before = start(from("10.0.0.1").intersect(tcp(1, 9)), ["source"]);
    const written = readdressed(before, { source: blocks("52.0.0.1"), sourcePorts: IntervalSet.range(7, 7) });
    const after = pass({ ...written, each: [] }, exactly(tcp(5)), () => hop("group"));
    const course = restored(before, after, ["source", "sourcePorts"]);
    assertExactly(course.traffic, from("10.0.0.1").intersect(tcp(5)));
    assert.deepEqual([course.each, told(course)], [["source"], ["start", "group"]]);
  });

  it("is nowhere where there is no way, and anywhere where none is known", () => {
    const none = lost(hop("no route"));
    assert.ok(isOver(none) && none.works.may.isEmpty);
    assert.deepEqual([none.path, none.blockedBy, none.replyBlockedBy, none.each], [[], hop("no route"), undefined, []]);
    const open = undecided(tcp(1), ["the way"], [hop("a")]);
    assertOpen(open.traffic, tcp(1));
    assertOpen(open.works, tcp(1));
    assert.deepEqual([told(open), told(undecided(tcp(1), []))], [["a"], []]);
  });
});

describe("the reply to a request", () => {
  const reply = (traffic: Traffic) => exactly(traffic.reversed());

  it("narrows what works, not what arrives", () => {
    const course = passBack(start(), reply(tcp(5)), () => assert.fail("some replies pass"));
    assertExactly(course.traffic, tcp(1, 9));
    assertExactly(course.works, tcp(5));
    assert.deepEqual([told(course), course.replyBlockedBy], [["start"], undefined]);
  });

  it("names the hop that stops the last of the replies, and no later one", () => {
    const course = passBack(start(), nothing, () => hop("ACL"));
    assert.ok(course.works.may.isEmpty && !isOver(course));
    assert.deepEqual([course.replyBlockedBy, course.blockedBy], [hop("ACL"), undefined]);
    assert.equal(
      passBack(course, nothing, () => assert.fail("asked after the end")),
      course,
    );
  });

  it("goes its own way from what works, its open end turned too", () => {
    const course = passBack(start(tcp(1, 9), ["source"]), reply(tcp(5)), () => hop("ACL"));
    const back = replyTo(course);
    assertExactly(back.traffic, course.works.must.reversed());
    assertExactly(back.works, course.works.must.reversed());
    assert.deepEqual(
      [back.each, back.path, back.blockedBy, back.replyBlockedBy],
      [["destination"], [], undefined, undefined],
    );
    assert.deepEqual(replyTo(start(tcp(1), ["destination"])).each, ["source"]);
  });

  it("takes from what works whatever its own way loses", () => {
    const course = start();
    const kept = withReply(
      course,
      pass(replyTo(course), reply(tcp(5)), () => hop("router")),
    );
    assertExactly(kept.works, tcp(5));
    assertExactly(kept.traffic, tcp(1, 9));
    assert.equal(kept.replyBlockedBy, undefined);
    const stopped = withReply(course, block(replyTo(course), hop("router")));
    assert.ok(stopped.works.may.isEmpty && !isOver(stopped));
    assert.deepEqual(stopped.replyBlockedBy, hop("router"));
    const before = withReply({ ...course, replyBlockedBy: hop("ACL") }, block(replyTo(course), hop("router")));
    assert.deepEqual(before.replyBlockedBy, hop("ACL"));
  });
});

describe("several courses", () => {
  const open = supposed(start(tcp(1)), "a");
  const arriving = { ...start(tcp(2)), path: [hop("arrives")], works: nothing };
  const working = { ...start(tcp(3)), path: [hop("works")] };
  const perhapsArriving = { ...supposed(start(tcp(4)), "b"), path: [hop("perhaps arrives")], works: nothing };

  it("of parts of the traffic together have what each has", () => {
    const all = fork([open, arriving, working]);
    assert.ok(all);
    assertMay(all.traffic, tcp(1, 3), tcp(2, 3));
    assertMay(all.works, tcp(1).union(tcp(3)), tcp(3));
    assert.equal(fork([]), undefined);
  });

  it("tell the way of the one that gets furthest", () => {
    const tells = (...courses: Course[]) =>
      [fork(courses), fork([...courses].reverse())].map((each) => each && told(each));
    assert.deepEqual(tells(arriving, working), [["works"], ["works"]]);
    assert.deepEqual(tells(arriving, open), [["arrives"], ["arrives"]]);
    assert.deepEqual(tells(perhapsArriving, open), [["start"], ["start"]]);
    const ended = block(start(), hop("wall"));
    assert.deepEqual(tells(perhapsArriving, ended), [["perhaps arrives"], ["perhaps arrives"]]);
    assert.deepEqual(tells(lost(hop("no route")), ended), [
      ["start", "wall"],
      ["start", "wall"],
    ]);
    assert.deepEqual(told(fork([working, { ...working, path: [] }]) ?? working), ["works"]);
    assert.deepEqual(told(fork([{ ...working, path: [] }, working]) ?? working), []);
    const other = block(start(), hop("other wall"));
    assert.equal(fork([ended, other])?.blockedBy?.what, "wall");
  });

  it("of which one is real are certain of what all have", () => {
    const [a, b] = [start(tcp(1, 5)), start(tcp(4, 9))];
    const either = whicheverCourse([a, b], "which");
    assert.ok(either);
    assertMay(either.traffic, tcp(1, 9), tcp(4, 5));
    assertMay(either.works, tcp(1, 9), tcp(4, 5));
    assert.deepEqual([either.traffic.unknowns, either.works.unknowns], [["which"], ["which"]]);
    const doubted = supposed(a, "which");
    assert.deepEqual(whicheverCourse([doubted, b], "which")?.traffic.unknowns, ["which"]);
    assert.deepEqual(whicheverCourse([a, a], "which")?.traffic.unknowns, []);
    assert.equal(whicheverCourse([a], "which"), a);
    assert.equal(whicheverCourse([], "which"), undefined);
  });

  function assertMay(estimate: Estimate, may: Traffic, must: Traffic): void {
    assert.ok(may.isSubsetOf(estimate.may) && estimate.may.isSubsetOf(may), "may");
    assert.ok(must.isSubsetOf(estimate.must) && estimate.must.isSubsetOf(must), "must");
  }
});

describe("a party whose one address isn't known", () => {
  const some = from("10.0.0.1", "10.0.0.2");
  const half = exactly(from("10.0.0.1"));

  it("isn't certain to pass where some of its addresses don't", () => {
    const course = pass(start(some, ["source"]), half, () => hop("group"));
    assertOpen(course.traffic, from("10.0.0.1"));
    assert.deepEqual(course.traffic.unknowns, ["which of its subnet's addresses a party has"]);
  });

  it("passes where its addresses are all meant", () => {
    const course = pass(start(some), half, () => hop("group"));
    assertExactly(course.traffic, from("10.0.0.1"));
  });

  it("is certain of the ports that pass from each of its addresses", () => {
    const rules = exactly(tcp(1).union(tcp(2).intersect(from("10.0.0.1"))));
    const course = pass(start(some.intersect(tcp(1, 2)), ["source"]), rules, () => hop("group"));
    const certain = some.intersect(tcp(1));
    assert.ok(certain.isSubsetOf(course.traffic.must) && course.traffic.must.isSubsetOf(certain));
    assert.ok(tcp(2).intersect(from("10.0.0.1")).isSubsetOf(course.traffic.may));
    assert.deepEqual(course.traffic.unknowns, []);
  });

  it("keeps the unknowns that there were", () => {
    const rules: Estimate = { ...half, may: Traffic.all, unknowns: ["the rules"] };
    assert.deepEqual(pass(start(some, ["source"]), rules, () => hop("group")).traffic.unknowns, ["the rules"]);
  });

  it("is blocked for certain where none of its addresses passes, and open where that isn't known", () => {
    const away = pass(start(some, ["source"]), exactly(from("52.0.0.1")), () => hop("group"));
    assert.ok(isOver(away));
    assert.deepEqual(away.traffic.unknowns, []);
  });
});

describe("a port that something on the way picks", () => {
  const ports = (low: number, high: number) => Traffic.where({ sourcePorts: IntervalSet.range(low, high) });

  it("isn't certain to pass where some don't, and turns with the reply", () => {
    const some = pass(start(tcp(443), ["sourcePorts"]), exactly(ports(0, 99)), () => hop("ACL"));
    assertOpen(some.traffic, tcp(443).intersect(ports(0, 99)));
    assert.deepEqual(some.traffic.unknowns, ["which port a gateway or load balancer sends from"]);
    assert.deepEqual(replyTo(some).each, ["ports"]);
    assert.ok(isOver(pass(start(tcp(443), ["sourcePorts"]), nothing, () => hop("ACL"))));
    assertExactly(pass(start(tcp(443), ["sourcePorts"]), exactly(tcp(1, 999)), () => hop("ACL")).traffic, tcp(443));
  });
});
