"""Signatures, and what exactly was signed."""
