"""What leaves the practice."""
