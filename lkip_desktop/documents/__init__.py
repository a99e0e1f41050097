"""What the office prints and hands over: content models made from a snapshot, and writers for DOCX and PDF."""
