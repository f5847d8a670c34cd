"""Whom a text must not identify: the people around a group, and what was decided about words."""
