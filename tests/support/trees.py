"""Walk a JSON tree by paths, to change or drop one value at a time."""

import json
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]


def leaves(tree: Any, path: Path = ()) -> Iterator[Path]:
    """Every single value in a JSON tree, by its path."""
    if isinstance(tree, dict | list) and tree:
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(value, (*path, key))
    else:
        yield path


def name(path: Path) -> str:
    return ".".join(map(str, path))


def without(tree: Any, path: Path) -> Any:
    copy = json.loads(json.dumps(tree))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return copy


def value_in(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree
