"""Reviewing the report: what it lacks, its versions side by side, what comes back from Word."""
