"""Where a cycle stands and what may happen next: pure functions on an append-only list of events."""
