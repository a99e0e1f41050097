"""The first released format: sealed events, blobs by digest, and what the file says about itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

REFUSALS = {
    "event_next": "BEFORE INSERT ON event WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event)",
    "event_no_update": "BEFORE UPDATE ON event",
    "event_no_delete": "BEFORE DELETE ON event",
    "blob_once": "BEFORE INSERT ON blob WHEN EXISTS (SELECT 1 FROM blob WHERE sha256 = NEW.sha256)",
    "blob_no_update": "BEFORE UPDATE ON blob",
    "blob_no_delete": "BEFORE DELETE ON blob",
}


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("behalf", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.CheckConstraint("length(previous) = 64 AND length(digest) = 64", name="event_digests"),
        sqlite_strict=True,
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name="blob_sha256"),
        sa.CheckConstraint("size = length(data)", name="blob_size"),
        sqlite_strict=True,
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    for name, when in REFUSALS.items():
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{name}'); END")


def downgrade() -> None:
    for table in ("event", "blob", "meta"):
        op.drop_table(table)
