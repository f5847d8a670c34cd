"""The certificate of destruction as a PDF: tagged (PDF/UA-1), fit to keep (PDF/A-3a)."""

from __future__ import annotations

import json

from groupnotes.disclosure import glyphs, pdf
from groupnotes.retention.certificate import Certificate
from groupnotes.signing.signed_file import CERTIFICATE


def render(certificate: Certificate) -> bytes:
    """Return the certificate as a PDF; the same certificate gives the same bytes."""
    document = json.dumps(
        {
            "title": CERTIFICATE,
            "number": str(certificate.id),
            "practice": glyphs.printable(certificate.practice),
            "facts": [
                {"label": label, "value": glyphs.printable(value)}
                for label, value in certificate.facts()
            ],
            "paragraphs": list(certificate.paragraphs()),
            "fonts": list(glyphs.FAMILIES),
        }
    )
    moment = certificate.cleared_at or certificate.destroyed_at
    return pdf.typeset("certificate.typ", document, int(moment.timestamp()))
