"""What reaches someone on the network."""

import pytest

from groupnotes.deid import Category
from tests.support.marks import assert_blocked

EMAIL = [
    "write to {a.b@gmail.com}",
    "{kayla at gmail dot com}",
    "{kayla.b77@example.co.uk}",
    "{kayla (at) example (dot) com}",
    "{kayla[at]example.com}",
    "email {kayla_b @ yahoo.com}",
    "{kayla.b at gmail.com}",
    "{KAYLA.B@EXAMPLE.ORG}",
    "{kayla dot b at outlook dot com}",
    "mail {kayla@gmail}",
]

URL = [
    "see {https://example.com/u/kayla}",
    "{www.kaylasbakes.com}",
    "her shop is {kaylasbakes.com}",
    "{facebook.com/kayla.b}",
    "{linktr.ee/kaylab}",
    "{gofund.me/abc12}",
    "{bit.ly/3xyz}",
    "{instagram.com/kayla_b/}",
    "{kaylab.wordpress.com/2020}",
    "on {kaylasbakes dot com}",
    "{youtube.com/@kaylab}",
    "{t.me/kaylab}",
]

HANDLE = [
    "ig: {kayla.b77}",
    "on Instagram as {sk8r_vivian}",
    "follow {@kayla}",
    "DM {@its.kayla}",
    "Discord {nightowl#1234}",
    "gamertag {xX_Slayer_Xx}",
    "username {NightOwl92}",
    "reddit {u/throwaway_kb}",
    "snap is {kaylabug99}",
    "venmo {@kayla-b}",
    "his TikTok handle, {kaylabug}",
    "posts as {jerome_14}",
    "screen name is {bluefalcon}",
    "{@sober_since19}",
    "found her on insta under {xo.kay.xo}",
    "Cash App {$kaylab}",
]

IP = [
    "from {192.168.10.4}",
    "IP {2601:2f1d:754e::35}",
    "logged in from {57.84.0.105}",
    "IP {2001:0db8:85a3:0000:0000:8a2e:0370:7334}",
]

FOUND = [
    *((Category.EMAIL, sentence) for sentence in EMAIL),
    *((Category.URL, sentence) for sentence in URL),
    *((Category.HANDLE, sentence) for sentence in HANDLE),
    *((Category.IP, sentence) for sentence in IP),
]


class TestFound:
    @pytest.mark.parametrize(("category", "sentence"), FOUND)
    @pytest.mark.parametrize("written", [str, str.lower, str.upper], ids=["as", "low", "high"])
    def test_every_letter_is_found_and_blocks(
        self, category: Category, sentence: str, written: type[str]
    ) -> None:
        assert_blocked(category, sentence, written)
