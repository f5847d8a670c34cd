"""Words of the planted practice that stay although they identify someone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from tests.support.site import one

if TYPE_CHECKING:
    from tests.support.planted import Planted


def decided(planted: Planted) -> None:
    """Have Fiona keep words of the later session's group note, with a reason."""
    fiona, session = planted.site("fiona"), f"/sessions/{planted.ids['later']}"
    name = planted.canaries.word()
    planted.canaries.note("kept words", name)
    told = {"dynamics": f"They follow @{name} there."}
    page = fiona.submit(fiona.get(session), "#session-form", status=422, fill=told)
    why = str(one(page, "#session-form input[name^='why ']")["name"])
    reason = planted.canaries.text()
    planted.canaries.note("why they are kept", reason)
    fiona.submit(
        page, "#session-form", button="details [name=keep]", status=200, fill={why: reason}
    )


def kept_in_record(planted: Planted) -> None:
    """Have a word of the signed note be somebody's name for a while, and stay in its record."""
    typed = planted.canaries.typed
    word = next(t.text for t in typed if t.field == ("adding.add_entry", "text"))
    before = _call_a_contact(planted, word)
    fiona, names = planted.site("fiona"), f"/notes/{planted.ids['signed']}/record/names"
    page = fiona.get(names)
    form = one(page, "#names-form")
    fill = planted.canaries.fill(form, str(form["action"]), {})
    fiona.submit(page, "#names-form", button="[name=keep]", fill=fill)
    _call_a_contact(planted, before)


def _call_a_contact(planted: Planted, name: str | None) -> str | None:
    """Give the other client this contact; return what was there."""
    with planted.app.app_context():
        member = db.session.get_one(Client, planted.ids["member"])
        before, member.contacts = member.contacts, name
        db.session.commit()
    return before
