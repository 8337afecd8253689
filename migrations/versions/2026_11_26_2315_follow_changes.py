"""the last change of everything that can be followed"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0055"
down_revision: str | None = "0054"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"

# kind, key and when it is gone, by table
FOLLOWED = {
    "areas": ("area", "id::text", "deleted_at IS NOT NULL"),
    "units": ("unit", "id::text", "deleted_at IS NOT NULL"),
    "rooms": ("room", "id::text", "deleted_at IS NOT NULL"),
    "children": ("child", "id::text", "deleted_at IS NOT NULL"),
    "staff": ("staff", "id::text", "deleted_at IS NOT NULL"),
    "activities": ("activity", "id::text", "withdrawn_at IS NOT NULL"),
    "room_weeks": ("week", """room_id::text || to_char(week, '/IYYY"-W"IW')""", "false"),
    "practice_evaluations": ("practice_evaluation", "id::text", "withdrawn_at IS NOT NULL"),
    "development_assessments": ("development_assessment", "id::text", "withdrawn_at IS NOT NULL"),
    "survey_rounds": ("survey_round", "id::text", "false"),
    "goals": ("goal", "id::text", "withdrawn_at IS NOT NULL"),
    "meetings": ("meeting", "id::text", "withdrawn_at IS NOT NULL"),
}
# Where somebody belongs is a change of who belongs there; kind and key, by table.
BELONGING = {
    "unit_areas": ("unit", "unit_id::text"),
    "room_units": ("room", "room_id::text"),
    "child_rooms": ("child", "child_id::text"),
    "staff_places": ("staff", "staff_id::text"),
}

# A transaction that has changed something holds a shared lock numbered with the second in which it did, until it is
# over: so everybody sees what is not settled (`api.audit`, whose class and epoch these are).
MOMENT = """
CREATE FUNCTION change_moment() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$ BEGIN
    PERFORM pg_advisory_xact_lock_shared(
        6387044, floor(extract(epoch FROM clock_timestamp()) - extract(epoch FROM timestamptz '2020-01-01 00:00+00'))::int);
    RETURN clock_timestamp();
END $$
"""


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("changes_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "kind", "key", name=op.f("changes_pkey")),
    )
    op.create_index("changes_order_idx", "changes", ["municipality_id", "changed_at", "kind", "key"])
    op.execute(MOMENT)
    note_what_is_there()
    op.execute("ALTER TABLE changes ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE changes FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON changes USING ({TENANT}) WITH CHECK ({TENANT})")
    op.execute("GRANT SELECT, INSERT, UPDATE ON changes TO vls_app")
    for table, (kind, key, gone) in FOLLOWED.items():
        noted = f"SELECT municipality_id, '{kind}', {key}, moment, {gone} FROM {{changed}}"
        update = "changed_at = excluded.changed_at, gone = excluded.gone"
        create_trigger(table, noted, update, events=("INSERT", "UPDATE"))
    for table, (kind, key) in BELONGING.items():
        noted = f"SELECT DISTINCT municipality_id, '{kind}', {key}, moment, false FROM {{changed}}"
        create_trigger(table, noted, "changed_at = excluded.changed_at", events=("INSERT", "UPDATE", "DELETE"))


def create_trigger(table: str, noted: str, update: str, *, events: tuple[str, ...]) -> None:
    """In the order of the keys, so that two who change the same things wait for each other and not in a circle."""

    def note(changed: str) -> str:
        return (
            "INSERT INTO changes (municipality_id, kind, key, changed_at, gone)"
            f" {noted.format(changed=changed)} ORDER BY 3"
            f" ON CONFLICT (municipality_id, kind, key) DO UPDATE SET {update}"
        )

    op.execute(
        f"CREATE FUNCTION changes_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE moment timestamptz := change_moment(); BEGIN"
        f" IF TG_OP = 'DELETE' THEN {note('gone')}; ELSE {note('fresh')}; END IF;"
        " RETURN NULL; END $$"
    )
    for event in events:
        transition = "OLD TABLE AS gone" if event == "DELETE" else "NEW TABLE AS fresh"
        op.execute(
            f"CREATE TRIGGER changes_{event.lower()} AFTER {event} ON {table} REFERENCING {transition}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION changes_of_{table}()"
        )


def note_what_is_there() -> None:
    """In all municipalities: forced row-level security holds for the owner too."""
    for table, (kind, key, gone) in FOLLOWED.items():
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"INSERT INTO changes SELECT municipality_id, '{kind}', {key}, now(), {gone} FROM {table}")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    for table in FOLLOWED:
        for event in ("insert", "update"):
            op.execute(f"DROP TRIGGER changes_{event} ON {table}")
    for table in BELONGING:
        for event in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER changes_{event} ON {table}")
    for table in (*FOLLOWED, *BELONGING):
        op.execute(f"DROP FUNCTION changes_of_{table}()")
    op.drop_table("changes")
    op.execute("DROP FUNCTION change_moment()")
