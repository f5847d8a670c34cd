"""Standing therapy groups and who is enrolled in them."""
