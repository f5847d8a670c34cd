"""What a check found in a text: the text with its marks, and what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request

from groupnotes import deid
from groupnotes.deid import Category
from groupnotes.web import actions, parts
from groupnotes.web.controls import Html, text

REPLACE, KEEP = "replace", "keep"  # the buttons: their value says where the words stand
WHY = "why"  # and where, is the name of the field for a reason
EVERY = "all"  # in the place of where the words stand

_PERSONS = {Category.NAME_ROSTER, Category.INITIALS, Category.NAME_OTHER}
_KINDS = {
    Category.NAME_ROSTER: "names someone of this group, or someone close to them",
    Category.INITIALS: "may be someone’s initials",
    Category.NAME_OTHER: "may name a person",
    Category.PLACE: "may be a place smaller than a state",
    Category.ORG: "may be someone’s employer, school, church or court",
    Category.DATE: "is a date",
    Category.AGE90: "is an age of 90 or over",
    Category.PHONE: "is a telephone or fax number",
    Category.EMAIL: "is an e-mail address",
    Category.URL: "is a web address",
    Category.HANDLE: "is a name on a social network",
    Category.ADDRESS: "is an address",
    Category.ZIP: "is a ZIP code",
    Category.SSN: "is a Social Security number",
    Category.MRN: "is a record number",
    Category.MEMBER_ID: "is an insurance number",
    Category.ACCOUNT: "is an account number",
    Category.LICENSE: "is a licence number",
    Category.PLATE: "is a licence plate",
    Category.VIN: "is a vehicle number",
    Category.DEVICE: "is a device number",
    Category.IP: "is an internet address",
    Category.CASE: "is a case number",
}


def place_of(field: str, finding: deid.Finding) -> str:
    """Return the value by which a button says which words it is about."""
    return f"{field} {finding.start} {finding.end}"


def found_in(field: str, words: str, findings: Sequence[deid.Finding], of: str) -> Html:
    """Write what was found in the text ``words`` of ``field``, whose control has the id ``of``."""
    if not findings:
        return Html("")
    own = text(of)
    ones = "".join(
        _one(words, finding, _ways_out(field, words, finding, of)) for finding in findings
    )
    return Html(
        f'<div class="warning found" id="{own}-found" data-hint-of="{own}" role="group"'
        ' aria-label="What may identify someone here">'
        f"<p><b>{_heading(findings)}</b></p>"
        f"{parts.marked(deid.pieces(words, findings))}"
        f'<ul class="found__list">{ones}</ul>{_replace_all(field, findings)}</div>'
    )


def _heading(findings: Sequence[deid.Finding]) -> str:
    if any(one.category is Category.NAME_ROSTER and one.is_block() for one in findings):
        return "A client is named here."
    return "This identifies someone." if deid.is_blocked(findings) else "This may identify someone."


def found_in_signed(field: str, words: str, findings: Sequence[deid.Finding]) -> Html:
    """Write what was found in a text that is signed: its words can only be said to stay."""
    ones = "".join(
        _one(words, finding, _keeping(field, words, finding, field)) for finding in findings
    )
    return Html(
        f'<div class="warning found">{parts.marked(deid.pieces(words, findings))}'
        f'<ul class="found__list">{ones}</ul></div>'
    )


def _replace_all(field: str, findings: Sequence[deid.Finding]) -> str:
    blocking = sum(map(deid.Finding.is_block, findings))
    if blocking < 2:  # one has a button of its own
        return ""
    every = f"{field} {EVERY}"
    label = f"Replace all {blocking} that may not stay"
    return actions.submit(label, "secondary", name=REPLACE, value=every)


def _one(words: str, finding: deid.Finding, ways_out: str) -> str:
    shown = words[finding.start : finding.end]
    return (
        f'<li class="found__one"><p hx-ignore><q>{text(shown)}</q> {_KINDS[finding.category]}.</p>'
        f'<div class="warning__act">{ways_out}</div></li>'
    )


def _ways_out(field: str, words: str, finding: deid.Finding, of: str) -> str:
    place, shown = place_of(field, finding), words[finding.start : finding.end]
    replace = actions.submit(
        f"Replace with “{finding.suggestion}”", "quiet", name=REPLACE, value=place
    )
    [(start, end)] = deid.utf16_spans(words, [finding])
    edit = f'<a href="#{text(of)}" data-selects="{start} {end}">Edit</a>'
    if finding.is_block():
        other = _keeping(field, words, finding, of)
    else:
        about = f"for “{shown}”"
        other = actions.submit("Identifies nobody", "quiet", name=KEEP, value=place, describe=about)
    return f"{replace}{other}{edit}"


def _keeping(field: str, words: str, finding: deid.Finding, of: str) -> str:
    own, place = f"{text(of)}-why-{finding.start}", place_of(field, finding)
    keep = actions.submit("Keep these words", "quiet", name=KEEP, value=place)
    why = request.form.get(f"{WHY} {place}", "")  # too short a reason stays, to go on with
    shown = text(words[finding.start : finding.end])
    return (
        f'<details class="found__keep"{" open" if why else ""}><summary>They must stay…</summary>'
        f'<label for="{own}">Why “{shown}” must stay</label>'
        f'<input class="govuk-input" id="{own}" name="{WHY} {text(place)}" value="{text(why)}"'
        f' maxlength="500" autocomplete="off">{keep}</details>'
    )
