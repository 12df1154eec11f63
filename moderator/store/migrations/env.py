"""Alembic's entry: migrates over the connection that `migrate` hands in."""

from alembic import context

from moderator.store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
