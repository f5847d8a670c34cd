"""The demo practice: what it contains, without a word about how it is stored."""

from groupnotes.cli.demo.practice import demo_practice

__all__ = ["demo_practice"]
