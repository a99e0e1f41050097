"""The second format: the same tables, with acts that programs of the first format cannot read.

Letters issued and signed, workbooks imported, copies merged, passwords and hand-over packages are acts of their own;
an older program would take a history with them for a damaged one, so the number tells it that the file is newer.
"""

from __future__ import annotations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The tables stay as they are."""


def downgrade() -> None:
    """The tables stay as they are."""
