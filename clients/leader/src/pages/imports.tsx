/** Files: checked first, with every problem where it stands; then taken in, all or nothing. */

import { useState } from "preact/hooks";
import type { Schemas } from "../../../shared/api.ts";
import { Banner, Button, Failure, Heading, Table } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/leader.ts";
import { said } from "../../../shared/text.ts";
import { asked, client } from "../session.ts";
import { Pick } from "./goal.tsx";
import { uploaded } from "./report.tsx";

type Import = Schemas["ImportOut"];
type Issue = Schemas["IssueOut"];
const DATASETS = ["roster", "practice-evaluations", "development-assessments", "instruments"] as const;
const AGAIN = 500;
const MOST_SHOWN = 100;

type Verdict = { found: Import; issues: Issue[]; file: File; dataset: string };

/** Hands a file in, and waits for what becomes of it. */
async function handed(file: File, dataset: string, mode: "check" | "commit"): Promise<Verdict> {
  let found = await uploaded<Import>(`/v1/imports/${dataset}?mode=${mode}`, file);
  const path = { params: { path: { id: found.id } } };
  while (found.status === "queued" || found.status === "running") {
    await new Promise((done) => setTimeout(done, AGAIN));
    found = await asked(client.GET("/v1/imports/{id}", path));
  }
  const query = { limit: MOST_SHOWN };
  const issues = await asked(client.GET("/v1/imports/{id}/issues", { params: { path: { id: found.id }, query } }));
  return { found, issues: issues.items, file, dataset };
}

export function Imports() {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const hand = async (file: File, dataset: string, mode: "check" | "commit") => {
    setBusy(true);
    setError(null);
    try {
      setVerdict(await handed(file, dataset, mode));
    } catch (problem) {
      setError(problem);
      setVerdict(null);
    }
    setBusy(false);
  };
  const check = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const file = form.get("file");
    if (file instanceof File && file.size > 0) void hand(file, String(form.get("dataset")), "check");
  };
  return (
    <>
      <Heading of="imports">{t("imports")}</Heading>
      <p class="muted">{t("importsHow")}</p>
      <form onSubmit={check}>
        <Pick label={t("dataset")} name="dataset" of={DATASETS.map((value) => [value, t(`dataset_${value}`)])} />
        <label class="field">
          <span>{t("file")}</span>
          <input name="file" type="file" accept=".csv,.zip,.xlsx,.json,.yaml,.ndjson" required />
        </label>
        <Button type="submit" kind="main" disabled={busy}>
          {t("check")}
        </Button>
        <span role="status" class="muted">
          {" "}
          {busy && t("reading")}
        </span>
      </form>
      {error !== null && <Failure error={error} />}
      {verdict !== null && !busy && (
        <Outcome of={verdict} onCommit={() => void hand(verdict.file, verdict.dataset, "commit")} />
      )}
    </>
  );
}

function Outcome({ of: { found, issues }, onCommit }: { of: Verdict; onCommit: () => void }) {
  const report = found.report;
  const good = found.status === "done";
  return (
    <section>
      <h2>{t(good ? (found.mode === "check" ? "checkedGood" : "taken") : "refused")}</h2>
      {report !== null && (
        <p>
          {t("counts", {
            created: report.created,
            updated: report.updated,
            unchanged: report.unchanged,
            removed: report.removed,
          })}
        </p>
      )}
      {good && found.mode === "check" && (
        <Banner>
          <p>{t("checkedNothing")}</p>
          <Button kind="main" onClick={onCommit}>
            {t("commit")}
          </Button>
        </Banner>
      )}
      {issues.length > 0 && (
        <Table caption={t("problems")} head={[t("file"), t("rowNumber"), t("column"), t("problem"), t("hint")]}>
          {issues.map((issue) => (
            <tr key={`${issue.file} ${issue.row} ${issue.column} ${issue.code}`}>
              <td>{issue.file}</td>
              <td>{issue.row}</td>
              <td>{issue.column}</td>
              <td>{said(issue.sentence)}</td>
              <td>{said(issue.hint)}</td>
            </tr>
          ))}
        </Table>
      )}
      {report !== null && report.issues > issues.length && (
        <p class="muted">{t("moreProblems", { count: report.issues - issues.length })}</p>
      )}
    </section>
  );
}
