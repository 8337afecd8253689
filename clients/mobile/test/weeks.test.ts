import { describe, expect, it } from "vitest";
import { parts, rebased, together, weekOf, weekRequest } from "../src/core/weeks.ts";

const tally = (child_id: string, immersion: number | null, focus: number | null, absent = false) => ({
  child_id,
  external_id: child_id,
  immersion_activity: immersion,
  focus_conversation: focus,
  absent,
});
const found = { closed: false, completed: true, tallies: [tally("alma", 4, null), tally("bo", null, 2, true)] };

describe("what a tablet says of a week", () => {
  it("leaves a colleague's count of the same child as it is", () => {
    const { tallies } = weekRequest({ changes: { alma: { conversation: 1 } } }, found);
    expect(tallies).toEqual([{ child_id: "alma", immersion_activity: 4, focus_conversation: 1, absent: false }]);
  });

  it("names nobody and says nothing that was not touched", () => {
    expect(weekRequest({ completed: true, changes: {} }, found)).toEqual({ completed: true, tallies: [] });
  });

  it("takes a count away when somebody did", () => {
    const { tallies } = weekRequest({ changes: { bo: { conversation: null, absent: false } } }, found);
    expect(tallies).toEqual([{ child_id: "bo", immersion_activity: null, focus_conversation: null, absent: false }]);
  });

  it("is the same said twice", () => {
    const said = { changes: { alma: { immersion: 5 }, carl: { absent: true } } };
    const once = weekRequest(said, found);
    const after = { ...found, tallies: once.tallies.map((each) => ({ ...each, external_id: each.child_id })) };
    expect(weekRequest(said, after)).toEqual(once);
  });

  it("never makes a count smaller that somebody else has changed since it was seen", () => {
    const seen = { alma: { immersion: 2, conversation: null, absent: false } };
    const said = (immersion: number | null) => ({ changes: { alma: { immersion } }, seen });
    expect(weekRequest(said(3), found).tallies[0]?.immersion_activity).toBe(4);
    expect(weekRequest(said(null), found).tallies[0]?.immersion_activity).toBe(4);
    expect(weekRequest(said(6), found).tallies[0]?.immersion_activity).toBe(6);
  });

  it("makes it smaller when it is what was seen", () => {
    const said = { changes: { alma: { immersion: 1 } }, seen: weekOf(found).tallies };
    expect(weekRequest(said, found).tallies[0]?.immersion_activity).toBe(1);
  });

  it("goes on from what has become known meanwhile", () => {
    const known = weekOf(found).tallies;
    expect(rebased({ alma: { immersion: 1, absent: true } }, {}, known)).toEqual({
      alma: { immersion: 4, absent: true },
    });
  });

  it("falls into parts that are the whole again", () => {
    const said = { completed: true, changes: { alma: { immersion: 5 }, bo: { absent: true } }, seen: {} };
    expect(parts(said)).toEqual([
      { changes: { alma: { immersion: 5 } }, seen: {} },
      { changes: { bo: { absent: true } }, seen: {} },
      { completed: true, changes: {} },
    ]);
    expect(together(parts(said))).toEqual(said);
  });

  it("keeps null apart from zero", () => {
    expect(weekOf(found).tallies.alma).toEqual({ immersion: 4, conversation: null, absent: false });
  });
});
