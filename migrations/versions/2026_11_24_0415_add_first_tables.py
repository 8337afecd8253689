"""first tables"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
ITSELF = "id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
ASKING = "id = nullif(current_setting('vls.client_id', true), '')::uuid"

TENANT_TABLES = (
    "api_clients", "audit_events", "areas", "units", "rooms", "children", "staff", "unit_areas", "room_units",
    "child_rooms", "staff_places", "instruments", "survey_rounds", "round_invited", "survey_responses",
    "survey_results", "activities", "room_weeks", "week_tallies", "imports", "import_issues",
)  # fmt: skip


def upgrade() -> None:
    create_tables()
    # The API's logins take this role. It owns nothing, so it cannot switch row-level security off.
    op.execute(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'vls_app')"
        " THEN CREATE ROLE vls_app NOLOGIN; END IF; END $$"
    )
    op.execute("GRANT USAGE ON SCHEMA public TO vls_app")
    for table in TENANT_TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vls_app")
    op.execute("REVOKE UPDATE, DELETE ON audit_events FROM vls_app")  # the log is only ever added to
    op.execute("REVOKE UPDATE, DELETE ON instruments FROM vls_app")  # published is published
    # Before the municipality of a client is known, it may read the one row whose id it presents.
    op.execute(f"CREATE POLICY asking ON api_clients FOR SELECT USING ({ASKING})")
    op.execute("ALTER TABLE municipalities ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE municipalities FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON municipalities USING ({ITSELF}) WITH CHECK ({ITSELF})")
    op.execute("CREATE POLICY operator ON municipalities TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute("GRANT SELECT ON municipalities TO vls_app")


def create_tables() -> None:
    op.create_table(
        "municipalities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("code ~ '^[1-9][0-9]{2}$'", name=op.f("municipalities_code_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("municipalities_pkey")),
        sa.UniqueConstraint("code", name=op.f("municipalities_code_key")),
    )
    op.create_table(
        "api_clients",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("places", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("api_clients_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("api_clients_pkey")),
    )
    op.create_table(
        "areas",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("areas_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("areas_pkey")),
    )
    op.create_index(
        "areas_external_id_key",
        "areas",
        ["municipality_id", "external_id"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "audit_events",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("audit_events_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("audit_events_pkey")),
    )
    op.create_index(
        op.f("audit_events_municipality_id_at_idx"), "audit_events", ["municipality_id", "at"], unique=False
    )
    op.create_table(
        "children",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("birth_month", sa.Date(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("multilingual", sa.Boolean(), nullable=True),
        sa.Column("support_need", sa.Boolean(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("sex IS NULL OR sex IN ('girl', 'boy')", name=op.f("children_sex_check")),
        sa.CheckConstraint("extract(day from birth_month) = 1", name=op.f("children_birth_month_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("children_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("children_pkey")),
    )
    op.create_index(
        "children_external_id_key",
        "children",
        ["municipality_id", "external_id"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "imports",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dataset", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("mode IN ('check', 'commit')", name=op.f("imports_mode_check")),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'done', 'refused', 'failed')", name=op.f("imports_status_check")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("imports_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("imports_pkey")),
    )
    op.create_table(
        "instruments",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("instruments_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "key", "version", name=op.f("instruments_pkey")),
    )
    op.create_table(
        "import_issues",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "import_id"],
            ["imports.municipality_id", "imports.id"],
            name=op.f("import_issues_municipality_id_import_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("import_issues_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "import_id", "position", name=op.f("import_issues_pkey")),
    )
    op.create_table(
        "survey_rounds",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instrument_key", sa.Text(), nullable=False),
        sa.Column("instrument_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer_salt", sa.LargeBinary(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("state <> 'closed' OR answer_salt IS NULL", name=op.f("survey_rounds_salt_gone_check")),
        sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f("survey_rounds_state_check")),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("survey_rounds_period_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "instrument_key", "instrument_version"],
            ["instruments.municipality_id", "instruments.key", "instruments.version"],
            name=op.f("survey_rounds_municipality_id_instrument_key_instrument_version_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("survey_rounds_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("survey_rounds_pkey")),
    )
    op.create_table(
        "units",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("setting_type", sa.Text(), nullable=False),
        sa.Column("institution_number", sa.Text(), nullable=True),
        sa.Column("p_number", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "setting_type IN ('childminding', 'nursery', 'kindergarten', 'integrated')",
            name=op.f("units_setting_type_check"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["areas.municipality_id", "areas.id"],
            name=op.f("units_municipality_id_area_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("units_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("units_pkey")),
    )
    op.create_index("units_area_id_idx", "units", ["municipality_id", "area_id"], unique=False)
    op.create_index(
        "units_external_id_key",
        "units",
        ["municipality_id", "external_id"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "rooms",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id", "unit_id"],
            ["units.municipality_id", "units.id"],
            name=op.f("rooms_municipality_id_unit_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("rooms_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("rooms_pkey")),
    )
    op.create_index(
        "rooms_external_id_key",
        "rooms",
        ["municipality_id", "external_id"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index("rooms_unit_id_idx", "rooms", ["municipality_id", "unit_id"], unique=False)
    op.create_table(
        "round_invited",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "round_id"],
            ["survey_rounds.municipality_id", "survey_rounds.id"],
            name=op.f("round_invited_municipality_id_round_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "unit_id"],
            ["units.municipality_id", "units.id"],
            name=op.f("round_invited_municipality_id_unit_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("round_invited_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "round_id", "unit_id", name=op.f("round_invited_pkey")),
    )
    op.create_table(
        "survey_responses",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("answers", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "round_id"],
            ["survey_rounds.municipality_id", "survey_rounds.id"],
            name=op.f("survey_responses_municipality_id_round_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "unit_id"],
            ["units.municipality_id", "units.id"],
            name=op.f("survey_responses_municipality_id_unit_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("survey_responses_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "round_id", "id", name=op.f("survey_responses_pkey")),
    )
    op.create_table(
        "survey_results",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("scope_kind", sa.Text(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("setting_type", sa.Text(), nullable=True),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "round_id"],
            ["survey_rounds.municipality_id", "survey_rounds.id"],
            name=op.f("survey_results_municipality_id_round_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("survey_results_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "round_id", "scope_kind", "scope_id", name=op.f("survey_results_pkey")
        ),
    )
    op.create_index(
        "survey_results_scope_key",
        "survey_results",
        ["municipality_id", "round_id", "scope_kind", "scope_id"],
        unique=True,
    )
    op.create_table(
        "unit_areas",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("unit_areas_period_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["areas.municipality_id", "areas.id"],
            name=op.f("unit_areas_municipality_id_area_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "unit_id"],
            ["units.municipality_id", "units.id"],
            name=op.f("unit_areas_municipality_id_unit_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("unit_areas_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("unit_areas_pkey")),
    )
    op.create_index("unit_areas_area_id_idx", "unit_areas", ["municipality_id", "area_id", "valid_from"], unique=False)
    op.create_index(
        "unit_areas_open_key",
        "unit_areas",
        ["municipality_id", "unit_id"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_index("unit_areas_start_key", "unit_areas", ["municipality_id", "unit_id", "valid_from"], unique=True)
    op.create_table(
        "activities",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column(
            "week",
            sa.Date(),
            sa.Computed("observed_on - (extract(isodow from observed_on)::int - 1)", persisted=True),
            nullable=False,
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("learning_areas", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("strategies", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("child_ids", postgresql.ARRAY(sa.UUID()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("kind IN ('immersion_activity', 'focus_conversation')", name=op.f("activities_kind_check")),
        sa.CheckConstraint("cardinality(child_ids) > 0", name=op.f("activities_child_ids_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "room_id"],
            ["rooms.municipality_id", "rooms.id"],
            name=op.f("activities_municipality_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("activities_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("activities_pkey")),
    )
    op.create_index("activities_room_week_idx", "activities", ["municipality_id", "room_id", "week"], unique=False)
    op.create_table(
        "child_rooms",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("child_rooms_period_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "child_id"],
            ["children.municipality_id", "children.id"],
            name=op.f("child_rooms_municipality_id_child_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "room_id"],
            ["rooms.municipality_id", "rooms.id"],
            name=op.f("child_rooms_municipality_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("child_rooms_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("child_rooms_pkey")),
    )
    op.create_index(
        "child_rooms_open_key",
        "child_rooms",
        ["municipality_id", "child_id"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_index(
        "child_rooms_room_id_idx", "child_rooms", ["municipality_id", "room_id", "valid_from"], unique=False
    )
    op.create_index("child_rooms_start_key", "child_rooms", ["municipality_id", "child_id", "valid_from"], unique=True)
    op.create_table(
        "room_units",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("room_units_period_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "room_id"],
            ["rooms.municipality_id", "rooms.id"],
            name=op.f("room_units_municipality_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "unit_id"],
            ["units.municipality_id", "units.id"],
            name=op.f("room_units_municipality_id_unit_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("room_units_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("room_units_pkey")),
    )
    op.create_index(
        "room_units_open_key",
        "room_units",
        ["municipality_id", "room_id"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_index("room_units_start_key", "room_units", ["municipality_id", "room_id", "valid_from"], unique=True)
    op.create_index("room_units_unit_id_idx", "room_units", ["municipality_id", "unit_id", "valid_from"], unique=False)
    op.create_table(
        "room_weeks",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("(extract(isodow from week) = 1)", name=op.f("room_weeks_monday_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "room_id"],
            ["rooms.municipality_id", "rooms.id"],
            name=op.f("room_weeks_municipality_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("room_weeks_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "room_id", "week", name=op.f("room_weeks_pkey")),
    )
    op.create_table(
        "staff",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('leader', 'educator', 'assistant', 'childminder', 'other')",
            name=op.f("staff_role_check"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "room_id"],
            ["rooms.municipality_id", "rooms.id"],
            name=op.f("staff_municipality_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "unit_id"],
            ["units.municipality_id", "units.id"],
            name=op.f("staff_municipality_id_unit_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("staff_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("staff_pkey")),
    )
    op.create_index(
        "staff_external_id_key",
        "staff",
        ["municipality_id", "external_id"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index("staff_unit_id_idx", "staff", ["municipality_id", "unit_id"], unique=False)
    op.create_table(
        "week_tallies",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("immersion_activity", sa.SmallInteger(), nullable=True),
        sa.Column("focus_conversation", sa.SmallInteger(), nullable=True),
        sa.Column("absent", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(extract(isodow from week) = 1)", name=op.f("week_tallies_monday_check")),
        sa.CheckConstraint("focus_conversation BETWEEN 0 AND 99", name=op.f("week_tallies_focus_conversation_check")),
        sa.CheckConstraint("immersion_activity BETWEEN 0 AND 99", name=op.f("week_tallies_immersion_activity_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "child_id"],
            ["children.municipality_id", "children.id"],
            name=op.f("week_tallies_municipality_id_child_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "room_id"],
            ["rooms.municipality_id", "rooms.id"],
            name=op.f("week_tallies_municipality_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("week_tallies_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "room_id", "week", "child_id", name=op.f("week_tallies_pkey")),
    )
    op.create_table(
        "staff_places",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("staff_places_period_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "room_id"],
            ["rooms.municipality_id", "rooms.id"],
            name=op.f("staff_places_municipality_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "staff_id"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("staff_places_municipality_id_staff_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "unit_id"],
            ["units.municipality_id", "units.id"],
            name=op.f("staff_places_municipality_id_unit_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("staff_places_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("staff_places_pkey")),
    )
    op.create_index(
        "staff_places_open_key",
        "staff_places",
        ["municipality_id", "staff_id"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_index(
        "staff_places_room_id_idx", "staff_places", ["municipality_id", "room_id", "valid_from"], unique=False
    )
    op.create_index(
        "staff_places_start_key", "staff_places", ["municipality_id", "staff_id", "valid_from"], unique=True
    )
    op.create_index(
        "staff_places_unit_id_idx", "staff_places", ["municipality_id", "unit_id", "valid_from"], unique=False
    )


def downgrade() -> None:
    op.drop_index("staff_places_unit_id_idx", table_name="staff_places")
    op.drop_index("staff_places_start_key", table_name="staff_places")
    op.drop_index("staff_places_room_id_idx", table_name="staff_places")
    op.drop_index("staff_places_open_key", table_name="staff_places", postgresql_where=sa.text("valid_to IS NULL"))
    op.drop_table("staff_places")
    op.drop_table("week_tallies")
    op.drop_index("staff_unit_id_idx", table_name="staff")
    op.drop_index("staff_external_id_key", table_name="staff", postgresql_where=sa.text("deleted_at IS NULL"))
    op.drop_table("staff")
    op.drop_table("room_weeks")
    op.drop_index("room_units_unit_id_idx", table_name="room_units")
    op.drop_index("room_units_start_key", table_name="room_units")
    op.drop_index("room_units_open_key", table_name="room_units", postgresql_where=sa.text("valid_to IS NULL"))
    op.drop_table("room_units")
    op.drop_index("child_rooms_start_key", table_name="child_rooms")
    op.drop_index("child_rooms_room_id_idx", table_name="child_rooms")
    op.drop_index("child_rooms_open_key", table_name="child_rooms", postgresql_where=sa.text("valid_to IS NULL"))
    op.drop_table("child_rooms")
    op.drop_index("activities_room_week_idx", table_name="activities")
    op.drop_table("activities")
    op.drop_index("unit_areas_start_key", table_name="unit_areas")
    op.drop_index("unit_areas_open_key", table_name="unit_areas", postgresql_where=sa.text("valid_to IS NULL"))
    op.drop_index("unit_areas_area_id_idx", table_name="unit_areas")
    op.drop_table("unit_areas")
    op.drop_index("survey_results_scope_key", table_name="survey_results")
    op.drop_table("survey_results")
    op.drop_table("survey_responses")
    op.drop_table("round_invited")
    op.drop_index("rooms_unit_id_idx", table_name="rooms")
    op.drop_index("rooms_external_id_key", table_name="rooms", postgresql_where=sa.text("deleted_at IS NULL"))
    op.drop_table("rooms")
    op.drop_index("units_external_id_key", table_name="units", postgresql_where=sa.text("deleted_at IS NULL"))
    op.drop_index("units_area_id_idx", table_name="units")
    op.drop_table("units")
    op.drop_table("survey_rounds")
    op.drop_table("import_issues")
    op.drop_table("instruments")
    op.drop_table("imports")
    op.drop_index("children_external_id_key", table_name="children", postgresql_where=sa.text("deleted_at IS NULL"))
    op.drop_table("children")
    op.drop_index(op.f("audit_events_municipality_id_at_idx"), table_name="audit_events")
    op.drop_table("audit_events")
    op.drop_index("areas_external_id_key", table_name="areas", postgresql_where=sa.text("deleted_at IS NULL"))
    op.drop_table("areas")
    op.drop_table("api_clients")
    op.drop_table("municipalities")
