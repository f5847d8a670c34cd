"""Pages about signing: as author, later beside a locked note, and as a supervisor."""

from __future__ import annotations

from groupnotes.signing.views.adding import bp as adding
from groupnotes.signing.views.authoring import bp as signing
from groupnotes.signing.views.co_signing import bp as co_signing
from groupnotes.signing.views.record_names import bp as record_names
from groupnotes.signing.views.returning import bp as returning

__all__ = ["adding", "co_signing", "record_names", "returning", "signing"]
