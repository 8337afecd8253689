"""erasing children wherever they stand"""

from collections.abc import Sequence

from alembic import op

revision: str = "0056"
down_revision: str | None = "0055"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# History is only ever added to, and a kept report is written once: the API has no right to change either. This function
# is the one exception, and does nothing else. It runs as the owner of the tables, for whom row-level security holds too.
# What others may follow is marked as gone before it goes.
ERASE = """
CREATE FUNCTION erase_children(erased uuid[], keys text[], codes text[], bodies text[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    activities_changed int; activities_removed int; tallies_removed int; assessments_removed int; reports_changed int;
BEGIN
    IF NOT row_security_active('children') THEN  -- restored as a superuser's: it would reach into every municipality
        RAISE EXCEPTION 'erase_children belongs to a login for whom row-level security does not hold';
    END IF;
    PERFORM FROM children WHERE id = ANY (erased) ORDER BY id FOR UPDATE;

    UPDATE activities SET withdrawn_at = coalesce(withdrawn_at, clock_timestamp()) WHERE child_ids <@ erased;
    DELETE FROM activity_versions version USING activities a
    WHERE a.municipality_id = version.municipality_id AND a.id = version.activity_id AND a.child_ids <@ erased;
    DELETE FROM activities WHERE child_ids <@ erased;
    GET DIAGNOSTICS activities_removed = ROW_COUNT;
    UPDATE activities SET
        child_ids = ARRAY(
            SELECT child FROM unnest(child_ids) WITH ORDINALITY AS one (child, at)
            WHERE child <> ALL (erased) ORDER BY at),
        revision = revision + 1, updated_at = clock_timestamp()
    WHERE child_ids && erased;
    GET DIAGNOSTICS activities_changed = ROW_COUNT;
    UPDATE activity_versions SET child_ids = ARRAY(
        SELECT child FROM unnest(child_ids) WITH ORDINALITY AS one (child, at) WHERE child <> ALL (erased) ORDER BY at)
    WHERE child_ids && erased;

    UPDATE room_weeks SET revision = revision + 1, updated_at = clock_timestamp()
    WHERE (room_id, week) IN (SELECT room_id, week FROM week_tallies WHERE child_id = ANY (erased));
    DELETE FROM week_tallies WHERE child_id = ANY (erased);
    GET DIAGNOSTICS tallies_removed = ROW_COUNT;
    UPDATE room_week_versions SET tallies = coalesce(
        (SELECT jsonb_agg(tally ORDER BY at) FROM jsonb_array_elements(tallies) WITH ORDINALITY AS one (tally, at)
            WHERE (tally ->> 'child_id')::uuid <> ALL (erased)), '[]')
    WHERE EXISTS (
        SELECT FROM jsonb_array_elements(tallies) AS tally WHERE (tally ->> 'child_id')::uuid = ANY (erased));

    UPDATE development_assessments SET withdrawn_at = coalesce(withdrawn_at, clock_timestamp())
    WHERE child_id = ANY (erased);
    DELETE FROM development_assessment_revisions
    WHERE id IN (SELECT id FROM development_assessments WHERE child_id = ANY (erased));
    DELETE FROM development_assessments WHERE child_id = ANY (erased);
    GET DIAGNOSTICS assessments_removed = ROW_COUNT;

    UPDATE kept_reports report SET body = without.body
    FROM unnest(codes, bodies) AS without (code, body) WHERE report.code = without.code;
    GET DIAGNOSTICS reports_changed = ROW_COUNT;
    WITH holding AS (
        SELECT DISTINCT batch.id
        FROM child_rooms stay
        JOIN report_files file ON file.municipality_id = stay.municipality_id AND file.room_id = stay.room_id
        JOIN report_batches batch ON batch.municipality_id = file.municipality_id AND batch.id = file.batch_id
            AND stay.valid_from <= batch.last_week + 6 AND coalesce(stay.valid_to, 'infinity') >= batch.first_week
        WHERE stay.child_id = ANY (erased)
    ), removed AS (
        UPDATE report_batches SET removed_at = coalesce(removed_at, clock_timestamp())
        WHERE id IN (SELECT id FROM holding)
    )
    UPDATE report_files SET content = NULL WHERE batch_id IN (SELECT id FROM holding);
    UPDATE import_issues SET params = (
        SELECT jsonb_object_agg(name, CASE WHEN value #>> '{}' = ANY (keys) THEN '"…"' ELSE value END)
        FROM jsonb_each(params) AS param (name, value))
    WHERE EXISTS (SELECT FROM jsonb_each_text(params) AS param (name, value) WHERE value = ANY (keys));

    DELETE FROM week_sum_slots WHERE child_id = ANY (erased);
    DELETE FROM child_rooms WHERE child_id = ANY (erased);
    UPDATE children SET deleted_at = coalesce(deleted_at, clock_timestamp()) WHERE id = ANY (erased);
    DELETE FROM children WHERE id = ANY (erased);
    RETURN jsonb_build_object(
        'activities_changed', activities_changed, 'activities_removed', activities_removed,
        'tallies', tallies_removed, 'assessments', assessments_removed, 'kept_reports', reports_changed);
END $$
"""
SIGNATURE = "erase_children(uuid[], text[], text[], text[])"


def upgrade() -> None:
    op.execute(ERASE)
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO vls_app")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURE}")
