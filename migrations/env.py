"""Alembic's entry point. The caller hands over a connection (and, for comparing, the tables)."""

from alembic import context

configuration = context.config
connection = configuration.attributes["connection"]
connection.exec_driver_sql("SET lock_timeout = '5s'")  # a migration must never queue up behind traffic and block it
connection.exec_driver_sql("SET statement_timeout = '10min'")


def belongs_to_us(_: object, name: str | None, kind: str, *__: object) -> bool:
    return not (kind in ("table", "index") and (name or "").startswith("pgqueuer"))


context.configure(
    connection=connection,
    target_metadata=configuration.attributes.get("metadata"),
    include_object=belongs_to_us,
    compare_type=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
