"""Append-only, chained record of who did what to which record; written here only."""
