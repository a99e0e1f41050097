"""The tables of a cycle file as SQLAlchemy knows them: events, blobs, and what the file says about itself.

Importing this module costs a quarter of a second; those that only look at a file do without it.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("behalf", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    CheckConstraint("length(previous) = 64 AND length(digest) = 64", name="event_digests"),
    sqlite_strict=True,
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    CheckConstraint("length(sha256) = 64", name="blob_sha256"),
    CheckConstraint("size = length(data)", name="blob_size"),
    sqlite_strict=True,
)

# Under "program" stands the version of the program that gave the file its format: who cannot read the file can
# at least say which version is needed. Under "events" stands how many acts were kept, under "missing" what a rescue
# did not find.
meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)
