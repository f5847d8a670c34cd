"""Read a PDF as its reader would."""

from io import BytesIO
from typing import Any

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


def ids(document: bytes) -> list[bytes]:
    """Return the two ids by which archives know a document and its version."""
    trailer: Any = reader(document).trailer
    return list(trailer["/ID"])


def about(document: bytes) -> str:
    """Return what the file says of itself outside its pages."""
    pdf = reader(document)
    root: Any = pdf.root_object
    return f"{pdf.metadata} {root['/Metadata'].get_object().get_data().decode()}"
