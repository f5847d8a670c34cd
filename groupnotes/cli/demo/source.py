"""Read the written content of the demo practice from the files beside this module."""

import tomllib
from importlib.resources import files
from typing import Any


def read(name: str) -> dict[str, Any]:
    text = files("groupnotes.cli.demo").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
