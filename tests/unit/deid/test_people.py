"""People who are not on the roster, in notes with capitals."""

import pytest

from groupnotes.deid import Category
from tests.support.marks import unmarked
from tests.support.strangers import strangers

PEOPLE = [
    "her sister {Tasha} called",
    "his ex-wife, {Renee}, kept the kids",
    "sponsor {Earl} picked him up",
    "brother ({Marcus}) relapsed",
    "talked about her son {Dwayne Fairchild}",
    "Dr. {Yazzie} lowered the dose",
    "Mr. {Whitlock} was late",
    "Judge {Osterhaus} set terms",
    "Officer {Bracamonte} laughed",
    "her boss {Tonya} denies breaks",
    "a man named {Kwabena} followed her",
    "his name is {Abel}",
    "neighbor {Hank} has the key",
    "saw {Vivian Whitlock} at court",
    "aunt {Halina} is visiting",
    "daughter-in-law {Kirsten} drove",
    "PO {Delacroix} wants letters",
    "Pastor {Ruiz} prayed",
    "{Kelsey} said no",
    "with roommates {Gina} and {Stuart}",
    "Tía {Nena} cooks",
    "her late husband, {Tariq}, fished",
    "cousin = {Rigoberto}",
    "caseworker Ms. {Fennimore} closed it",
    "therapist {Meredith Oakes-Lantz} helped",
    "probation officer {Keandra Voight} came",
    "met {Zachary Yazzie} at the gym",
    "ex {Damarion} showed up",
    "Attorney {Vandermeer} advises",
    "her coach, {Reggie Fontenelle}, yelled",
    "Baby {Mateo} slept",
    "the landlord, Mr. {Petroff}, called",
    "Detective {Fuqua} took prints",
    "goes by {Wink}",
    "nephew {D'Andre} moved in",
    "her partner {Siobhán} left",
    "grandson {Tyler} set it up",
    "Uncle {Bohdan} died",
    "interpreter {Lourdes} joined",
    "stepdad {Dwayne} drinks",
    "{Odessa Marsh} texted her",
    "told {Brandi} to stop",
    "friend {Jaxon} overdosed",
    "his kids {Ava}, {Mia} and {Leo}",
    "called {Imani} for help",
    "Nurse {Okonkwo} called",
    "principal Ms. {Gantt}",
    "Sgt. {Haugen} drove",
    "Rabbi {Feldstein} came",
    "hit by {Travis}",
]
FOUND = [(Category.NAME_OTHER, sentence) for sentence in PEOPLE]


class TestFound:
    @pytest.mark.parametrize(("category", "sentence"), FOUND)
    @pytest.mark.parametrize(
        ("before", "after"), [("One member said ", " and left."), ("Later, pt shared: ", ".")]
    )
    def test_each_is_found(
        self, category: Category, sentence: str, before: str, after: str
    ) -> None:
        text, names = unmarked(before + sentence + after)

        findings = strangers(text)

        found = " / ".join(text[finding.start : finding.end] for finding in findings)
        assert [name for name in names if name not in found] == []
        assert category in {finding.category for finding in findings}
