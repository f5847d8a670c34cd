"""How days, months and years are written; everything is in lower case."""

_MONTHS = (
    ("january", "jan", "enero", "ene"), ("february", "feb", "febrero"),
    ("march", "mar", "marzo"), ("april", "apr", "abril"), ("may", "mayo"),
    ("june", "jun", "junio"), ("july", "jul", "julio"), ("august", "aug", "agosto"),
    ("september", "sept", "sep", "septiembre"), ("october", "oct", "octubre"),
    ("november", "nov", "noviembre"), ("december", "dec", "diciembre"),
)  # fmt: skip
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

MONTH = "(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
MONTH_WORDS = frozenset(_NUMBERS)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:(?:19|20)\d\d|'\d\d)"

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_DAYS = {
    **{word: day for day, word in enumerate(_ORDINALS, 1)},
    **{f"twenty-{word}": 20 + day for day, word in enumerate(_ORDINALS[:9], 1)},
    "thirtieth": 30,
    "thirty-first": 31,
}
_WORDS = "|".join(sorted(_DAYS, key=len, reverse=True)).replace("-", "[ -]")
ORDINAL = rf"(?:{DAY}(?:st|nd|rd|th)|{_WORDS})"


def month_of(written: str) -> int:
    return _NUMBERS[written]


def day_of(written: str) -> int:
    """Give the day of "5", "05", "5th" and "twenty-first"; 0 for what is none."""
    digits = "".join(filter(str.isdigit, written))
    return int(digits) if digits else _DAYS.get(written.replace(" ", "-"), 0)


def year_of(written: str) -> int:
    """Give the year of "2024" and, without its century, of "'24" and "24"."""
    return int("".join(filter(str.isdigit, written)))
