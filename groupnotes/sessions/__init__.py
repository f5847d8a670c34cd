"""Meetings of a group, and who was there."""
