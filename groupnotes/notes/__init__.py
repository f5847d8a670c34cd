"""The group note of a session and the individual notes that fan out from it."""
