"""Read a PDF as its reader would."""

from io import BytesIO

from pypdf import PdfReader

_MAY_BREAK = "\u200b"  # the printer's permission to break a long word; nobody sees it


def reader(document: bytes) -> PdfReader:
    return PdfReader(BytesIO(document), strict=True)


def pages(document: bytes) -> list[str]:
    """Return the text of each page, line by line as it is laid out."""
    return [page.extract_text().replace(_MAY_BREAK, "") for page in reader(document).pages]


def flowing(document: bytes) -> str:
    """Return the text of the whole document with each white space as one space."""
    return " ".join(" ".join(pages(document)).split())
