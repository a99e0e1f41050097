"""Alembic's entry: runs the migrations on the connection that it is handed."""

from __future__ import annotations

from alembic import context

# The format number in the file's header is the one truth about its version, so Alembic's own table, which it cannot
# do without, lives and dies with the connection.
context.configure(connection=context.config.attributes["connection"], version_table_schema="temp")
context.run_migrations()
