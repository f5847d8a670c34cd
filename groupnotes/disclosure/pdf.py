"""The record of one note as a PDF: tagged for screen readers (PDF/UA-1), fit to keep (PDF/A-3a).

The same record gives the same bytes on every machine: fonts come with the program, and the
document is dated by its signature.
"""

import json
import re
from dataclasses import asdict
from functools import cache
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from groupnotes.disclosure import glyphs, wording
from groupnotes.disclosure.record import Entry, Passage, Progress, Record, Signature
from groupnotes.signing import export

if TYPE_CHECKING:
    import typst

_FOLDER = glyphs.FOLDER.parent
_STANDARDS: list["typst.PDFStandard"] = ["ua-1", "a-3a"]

_NOTHING = "None recorded."
_SIGNATURE_NOTE = (
    "The signature covers all content of this record; name, time and meaning: 21 CFR 11.50. "
    "What was signed is attached as signed-record.json: whoever has the practice’s public key can "
    "verify it, and this file, without the practice."
)
_MARKS_NOTE = (
    "A mark such as [U+4E2D] stands for a character, by its Unicode number, that the fonts of "
    "this document do not have or that would change how the text around it reads. The signed "
    "content keeps the character itself."
)

_LINE_END = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_LOOKS = re.compile("[\ufe00-\ufe0f]")  # they choose a look of the character before
_UNBROKEN = re.compile(r"[^\s-]{25,}")
_BREAK_AFTER = 12
_MAY_BREAK = "\u200b"

# Typst remembers how it laid out its last ten documents; of a megabyte it would keep 190 MiB.
_LARGE = 100_000
_REMEMBERED = 10

_one_at_a_time = Lock()


class PrintError(Exception):
    """The record could not be printed; the reason is left out, for it may quote the record."""


def render(record: Record, proof: str) -> bytes:
    """Return the record as a PDF, with ``proof`` (``signing.export``) attached to it.

    Nothing shows yet whose it is: whoever gives it out signs it (``signing.signed_file``).
    """
    attached = {"name": export.NAME, "text": proof}
    document = json.dumps(_document(record) | {"proof": attached})
    return typeset("record.typ", document, int(record.signature.signed_at.timestamp()))


def typeset(template: str, document: str, moment: int) -> bytes:
    """Return ``document``, which is JSON, as a template beside this file prints it."""
    with _one_at_a_time:
        return _compile(_FOLDER / template, document, moment)


def _compile(template: Path, document: str, moment: int) -> bytes:
    compiler = _compiler()
    try:
        printed = compiler.compile(
            template,
            format="pdf",
            sys_inputs={"record": document},
            pdf_standards=_STANDARDS,
            timestamp=moment,
        )
    except RuntimeError:  # Typst's own errors are of this class
        raise PrintError("the record could not be printed") from None
    finally:
        if len(document) > _LARGE:
            _forget(compiler)
    return cast("bytes", printed)


def _forget(compiler: "typst.Compiler") -> None:
    """Push a large record out of the compiler's memory."""
    for _ in range(_REMEMBERED + 1):
        compiler.compile(b"", format="pdf", sys_inputs=None)


@cache
def _compiler() -> "typst.Compiler":
    """Load Typst and the fonts for the first record of a process: pages need neither."""
    import typst  # noqa: PLC0415 - 35 MiB that a process which prints nothing never pays

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FOLDER]
    )
    return typst.Compiler(root=_FOLDER, font_paths=fonts, ignore_system_fonts=True, sys_inputs={})


def _document(record: Record) -> dict[str, Any]:
    """Say in plain values what the template prints; every text in it can be shown."""
    setter = _Typesetter()
    fields: dict[str, Any] = asdict(record) | {
        "shared": [setter.passage(one) for one in record.shared],
        "individual": [setter.passage(one) for one in record.individual],
        "progress": [setter.progress(one) for one in record.progress],
        "signature": setter.signature(record.signature),
        "review": setter.review(record.review),
        "entries": [setter.entry(one) for one in record.entries],
    }
    document: dict[str, Any] = setter.tree(fields)
    _set_digests(document, record)
    for shown, entry in zip(document["entries"], record.entries, strict=True):
        _set_digests(shown, entry)
    return document | {
        "fonts": list(glyphs.FAMILIES),
        "mono": glyphs.MONOSPACED,
        "nothing": _NOTHING,
        "not_addressed": wording.NOT_ADDRESSED,
        "signature_note": _SIGNATURE_NOTE,
        "marks_note": _MARKS_NOTE if setter.marked else "",
    }


def _set_digests(shown: dict[str, Any], signed: Record | Entry) -> None:
    """Put digests in as they are: they are no text, and break nowhere."""
    shown["signature"]["digest"] = signed.signature.digest
    if signed.review is not None:
        shown["review"]["digest"] = signed.review.digest


class _Typesetter:
    """Makes text as it was typed fit to print, and knows whether a character had to be marked."""

    def __init__(self) -> None:
        self.marked = False

    def passage(self, one: Passage) -> dict[str, Any]:
        return {"label": one.label, "lines": _lines(one.text)}

    def progress(self, one: Progress) -> dict[str, Any]:
        return {
            "objective": _lines(one.objective),
            "goal": _lines(f"Goal: {one.goal}"),
            "rating": one.rating,
            "evidence": _lines(one.evidence),
        }

    def signature(self, one: Signature) -> dict[str, Any]:
        return {"signer": one.signer, "facts": [asdict(fact) for fact in one.facts]}

    def review(self, one: Signature | None) -> dict[str, Any] | None:
        return None if one is None else self.signature(one)

    def entry(self, one: Entry) -> dict[str, Any]:
        passages = [self.passage(passage) for passage in one.passages]
        return {
            "title": one.title,
            "passages": passages,
            "signature": self.signature(one.signature),
            "review": self.review(one.review),
        }

    def tree(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self.tree(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.tree(inner) for inner in value]
        return None if value is None else self.line(value)

    def line(self, typed: str) -> str:
        joined = " ".join(_LINE_END.split(typed)).replace("\t", "    ")
        plain = _LOOKS.sub("", joined)
        shown = glyphs.printable(plain)
        self.marked = self.marked or shown != plain
        return _UNBROKEN.sub(_breakable, shown)


def _lines(text: str) -> list[str]:
    """Split where the writer, on any platform, ended a line; empty ones in a row are one gap."""
    lines = [line.rstrip() for line in _LINE_END.split(text.strip("\r\n"))]
    return [line for before, line in pairwise(["", *lines]) if line or before]


def _breakable(run: re.Match[str]) -> str:
    """Let a run without spaces end a line anywhere: it must not leave the page."""
    letters = list(glyphs.clusters(run[0]))
    pieces = (letters[at : at + _BREAK_AFTER] for at in range(0, len(letters), _BREAK_AFTER))
    return _MAY_BREAK.join("".join(piece) for piece in pieces)
