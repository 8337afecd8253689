/** What the tablet knows of its room: as the server said it last. */

import type { Schemas } from "../../../shared/api.ts";

export type Room = Schemas["EnrolledRoom"];
export type Child = { id: string; name: string };
export type Person = { id: string; name: string };
export type Word = Schemas["WordIO"];
export type Evaluation = Schemas["PracticeEvaluationOut"];
export type Assessment = Schemas["DevelopmentAssessmentOut"];
export type PracticeForm = Schemas["PracticeFormIO"];
export type DevelopmentInstrument = Schemas["DevelopmentInstrumentIO"];

export type Snapshot = {
  at: string;
  children: Child[];
  staff: Person[];
  areas: readonly Word[];
  strategies: readonly Word[];
  due: Schemas["DueOut"];
  form: PracticeForm;
  instrument: DevelopmentInstrument;
  evaluations: Evaluation[];
  assessments: Assessment[];
};

export function nameOf(snapshot: Snapshot | null, child: string): string {
  return snapshot?.children.find((each) => each.id === child)?.name ?? "–";
}
