"""each room's completed weeks summed up, and marks of what is to be summed anew"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0052"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
TABLES = ("week_sums", "week_sum_slots", "week_sum_marks")
MARK = "INSERT INTO week_sum_marks (municipality_id, room_id, first_week, last_week)"
MONDAY = "{0} - (extract(isodow from {0})::int - 1)"

# What the sums of a week are made of. Whoever writes to it marks the week in the same transaction, so the mark is seen
# when the change is, and not before.
FUNCTIONS = {
    "week_sums_mark_weeks": "SELECT DISTINCT municipality_id, room_id, week, week FROM {changed}",
    "week_sums_mark_stays": (
        f"SELECT DISTINCT municipality_id, room_id, {MONDAY.format('valid_from')},"
        " coalesce(valid_to, 'infinity'::date) FROM {changed}"
    ),
    "week_sums_mark_children": (
        f"SELECT DISTINCT s.municipality_id, s.room_id, {MONDAY.format('s.valid_from')},"
        " coalesce(s.valid_to, 'infinity'::date) FROM {changed} c"
        " JOIN child_rooms s ON s.municipality_id = c.municipality_id AND s.child_id = c.id"
    ),
}
MARKING = {
    "activities": "week_sums_mark_weeks",
    "week_tallies": "week_sums_mark_weeks",
    "room_weeks": "week_sums_mark_weeks",
    "child_rooms": "week_sums_mark_stays",
}


def upgrade() -> None:
    create_tables()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON week_sums TO vls_app")
    op.execute("GRANT SELECT, INSERT ON week_sum_slots TO vls_app")
    op.execute("GRANT SELECT, INSERT, DELETE ON week_sum_marks TO vls_app")
    for name, marked in FUNCTIONS.items():
        op.execute(marking_function(name, marked))
    for table, function in MARKING.items():
        create_triggers(table, function)
    op.execute(
        "CREATE TRIGGER week_sums_update AFTER UPDATE ON children REFERENCING OLD TABLE AS gone NEW TABLE AS fresh"
        " FOR EACH STATEMENT EXECUTE FUNCTION week_sums_mark_children()"
    )
    mark_what_is_there()


def marking_function(name: str, marked: str) -> str:
    fresh, gone = (f"{MARK} {marked.format(changed=table)}" for table in ("fresh", "gone"))
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP <> 'DELETE' THEN {fresh}; END IF;"
        f" IF TG_OP <> 'INSERT' THEN {gone}; END IF;"
        " RETURN NULL; END $$"
    )


def create_triggers(table: str, function: str) -> None:
    for event, transition in (
        ("INSERT", "NEW TABLE AS fresh"),
        ("UPDATE", "OLD TABLE AS gone NEW TABLE AS fresh"),
        ("DELETE", "OLD TABLE AS gone"),
    ):
        op.execute(
            f"CREATE TRIGGER week_sums_{event.lower()} AFTER {event} ON {table} REFERENCING {transition}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )


def mark_what_is_there() -> None:
    """In all municipalities: forced row-level security holds for the owner too."""
    for table in ("room_weeks", "week_sum_marks"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"{MARK} SELECT municipality_id, room_id, min(week), max(week) FROM room_weeks GROUP BY 1, 2")
    for table in ("room_weeks", "week_sum_marks"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def create_tables() -> None:
    op.create_table(
        "week_sums",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("records", sa.LargeBinary(), nullable=False),
        _of_municipality("week_sums"),
        _within("week_sums", "room_id", "rooms"),
        sa.PrimaryKeyConstraint("municipality_id", "week", "room_id", name=op.f("week_sums_pkey")),
    )
    op.create_table(
        "week_sum_slots",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), nullable=False),
        _of_municipality("week_sum_slots"),
        _within("week_sum_slots", "room_id", "rooms"),
        _within("week_sum_slots", "child_id", "children"),
        sa.PrimaryKeyConstraint("municipality_id", "room_id", "child_id", name=op.f("week_sum_slots_pkey")),
    )
    op.create_table(
        "week_sum_marks",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("first_week", sa.Date(), nullable=False),
        sa.Column("last_week", sa.Date(), nullable=False),
        _of_municipality("week_sum_marks"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("week_sum_marks_pkey")),
    )


def _of_municipality(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_municipality_id_fkey")
    return sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=name, ondelete="RESTRICT")


def _within(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_municipality_id_{column}_fkey")
    keys = [f"{other}.municipality_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["municipality_id", column], keys, name=name)


def downgrade() -> None:
    for table in (*MARKING, "children"):
        events = ("update",) if table == "children" else ("insert", "update", "delete")
        for event in events:
            op.execute(f"DROP TRIGGER week_sums_{event} ON {table}")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}()")
    for table in reversed(TABLES):
        op.drop_table(table)
