"""How Alembic runs: on the connection, and in the transaction, of whoever opens the record."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True)
context.run_migrations()
