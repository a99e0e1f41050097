"""How a cycle is kept: one SQLite file with its events and blobs, the opening protocol, the migrations."""
