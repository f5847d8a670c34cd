"""Every verb of every feature goes through a door of ``access.guard``."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

import groupnotes
from groupnotes.access import guard

Verb = Callable[..., Any]

DOORS = frozenset({guard.fetch, guard.scope, guard.require, guard.check})
# What needs no right of its own, each with the reason.
OPEN = {
    "groupnotes.groups.services.standing.record_names": "writes down what a guarded verb shows",
    "groupnotes.notes.services.individual.require_draft": "judges what a guarded verb found",
    "groupnotes.signing.services.record_names.is_held_back": "judges what a guarded verb opened",
    "groupnotes.signing.services.record_names.names_another": "judges what a guarded verb opened",
    "groupnotes.signing.services.rewriting.settle": "writes down what a guarded verb did",
    "groupnotes.signing.services.rewriting.words_in": "reads what a guarded verb opened",
    "groupnotes.signing.services.rewriting.words_of": "reads what a guarded verb opened",
    "groupnotes.signing.services.waiting.move": "writes down what a guarded verb did",
    "groupnotes.signing.services.waiting.of_supervisees": "sorts what a guarded verb opened",
    "groupnotes.signing.services.waiting.signer_of": "reads what a guarded verb opened",
    "groupnotes.notes.services.sessions.found": "takes what a question within one's rights found",
}


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(groupnotes.__path__, "groupnotes."):
        if "services" in found.name.rsplit(".", 1)[1] or ".services." in found.name:
            yield importlib.import_module(found.name)


def _verbs() -> Iterator[tuple[str, Verb]]:
    for module in _modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", function


VERBS = dict(_verbs())


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if inspect.iscode(constant):
            yield from _codes(constant)


def _called(function: Verb) -> Iterator[Verb]:
    """Return the functions of ours that the code of ``function`` names."""
    function = inspect.unwrap(function)
    names = {name for code in _codes(function.__code__) for name in code.co_names}
    known = function.__globals__
    modules = [known[name] for name in names if isinstance(known.get(name), ModuleType)]
    for name in names:
        for found in (known.get(name), *(getattr(module, name, None) for module in modules)):
            if isinstance(found, FunctionType) and found.__module__.startswith("groupnotes."):
                yield found


@functools.cache
def _calls(function: Verb) -> tuple[Verb, ...]:
    return tuple(_called(function))


def goes_through_a_door(verb: Verb) -> bool:
    """Say whether a right is checked in ``verb``, or in what it calls."""
    seen: set[Verb] = set()
    left = [verb]
    while left:
        called = left.pop()
        if called in DOORS or hasattr(called, "__guard__"):
            return True
        if called not in seen:
            seen.add(called)
            left += _calls(called)
    return False


@pytest.mark.parametrize("name", sorted(VERBS))
def test_a_verb_goes_through_a_door(name: str) -> None:
    assert goes_through_a_door(VERBS[name]) != (name in OPEN)


def test_there_are_verbs_to_judge() -> None:
    assert len(VERBS) > 40
