"""Sealed columns, the key ring they are sealed with, and the blind index."""
