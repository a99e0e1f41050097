"""The steps from one format of the cycle file to the next, as Alembic scripts, and what runs them."""
