"""HTML with holes: what fills one hole never opens another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groupnotes.web.controls import Html, text
from groupnotes.web.stencils import Stencil, hole


class TestStencil:
    def test_each_hole_is_filled_wherever_it_stands(self) -> None:
        stencil = Stencil(Html(f'<p id="{hole("id")}">{hole("words")} ({hole("id")})</p>'))

        assert stencil.fill(id=Html("7"), words=Html("So")) == '<p id="7">So (7)</p>'

    @given(st.text())
    def test_what_fills_a_hole_is_taken_as_it_is(self, typed: str) -> None:
        stencil = Stencil(Html(f"{{x}} {hole('words')} {hole('more')}"))

        assert stencil.fill(words=text(typed), more=Html("!")) == f"{{x}} {text(typed)} !"

    def test_words_that_look_like_a_hole_stay_words(self) -> None:
        stencil = Stencil(Html(f"{hole('words')}{hole('secret')}"))

        filled = stencil.fill(words=text("{secret}\1secret\2{0}"), secret=Html("s"))

        assert filled == "{secret}\1secret\2{0}s"
