"""Alembic's entry: migrates over the connection that `migrate` hands in."""

from alembic import context

from moderator.store import tables
from moderator.store.guards import drop_guards

# A guard looks at a second table, and SQLite makes no table anew at which a trigger looks.
drop_guards(context.config.attributes["connection"])
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
