"""Which characters a TrueType font has a glyph for (OpenType 1.9, table `cmap`)."""

import struct
from collections.abc import Iterator
from pathlib import Path

_SEGMENTS, _GROUPS = 4, 12  # the two subtable formats that Unicode fonts use


def coverage(path: Path) -> frozenset[int]:
    """Return every code point that the font file maps to a glyph."""
    font = path.read_bytes()
    table = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", table, 2)
    codes: set[int] = set()
    for at in range(count):
        (start,) = struct.unpack_from(">L", table, 8 + 8 * at)
        codes.update(_codes(table[start:]))
    return frozenset(codes)


def _table(font: bytes, tag: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    for at in range(count):
        name, _, start, length = struct.unpack_from(">4s3L", font, 12 + 16 * at)
        if name == tag:
            return font[start : start + length]
    raise ValueError(f"the font has no table {tag.decode()}")


def _codes(subtable: bytes) -> Iterator[int]:
    (form,) = struct.unpack_from(">H", subtable)
    if form == _SEGMENTS:
        return _in_segments(subtable)
    if form == _GROUPS:
        return _in_groups(subtable)
    return iter(())


def _in_groups(subtable: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">L", subtable, 12)
    for first, last, glyph in struct.iter_unpack(">3L", subtable[16 : 16 + 12 * count]):
        yield from range(first + (glyph == 0), last + 1)


def _in_segments(subtable: bytes) -> Iterator[int]:
    (double,) = struct.unpack_from(">H", subtable, 6)
    words = struct.unpack_from(f">{len(subtable) // 2}H", subtable)
    count = double // 2
    lasts, firsts = words[7 : 7 + count], words[8 + count : 8 + 2 * count]
    deltas, offsets = words[8 + 2 * count : 8 + 3 * count], 8 + 3 * count
    for at, (first, last, delta) in enumerate(zip(firsts, lasts, deltas, strict=True)):
        offset = words[offsets + at]
        for code in range(first, last + 1):
            glyph = code if offset == 0 else words[offsets + at + offset // 2 + code - first]
            if code != 0xFFFF and (glyph + delta) & 0xFFFF:
                yield code
