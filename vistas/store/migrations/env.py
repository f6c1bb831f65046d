"""What Alembic runs: the migrations over the connection that `running.upgrade` handed it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=False)
context.run_migrations()
