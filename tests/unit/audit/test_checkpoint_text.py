"""What a checkpoint says, to the letter."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.audit.checkpoint_text import Checkpoint, NotACheckpoint, parse

ROOT = base64.b64encode(bytes(32)).decode()


class TestTheText:
    def test_it_is_the_one_that_the_format_asks_for(self) -> None:
        root = base64.b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")

        text = str(Checkpoint("example.com/behind-the-sofa", 20852163, root))

        assert text == (
            "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        )

    @given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
    def test_it_is_read_as_it_was_written(self, size: int, root: bytes) -> None:
        checkpoint = Checkpoint("groupnotes/audit/x", size, root)

        assert parse(str(checkpoint)) == checkpoint

    def test_more_lines_are_passed_over(self) -> None:
        assert parse(f"log\n3\n{ROOT}\nmore\n") == Checkpoint("log", 3, bytes(32))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "log\n3\n",
            f"log\n3\n{ROOT}",
            f"\n3\n{ROOT}\n",
            f"log\n\n{ROOT}\n",
            f"log\n03\n{ROOT}\n",
            f"log\n-3\n{ROOT}\n",
            f"log\nthree\n{ROOT}\n",
            f"log\n{'9' * 20}\n{ROOT}\n",
            f"log\n3\n{ROOT[:-4]}\n",
            "log\n3\n!!!!\n",
            f"log\n3\n{ROOT}\n\nmore\n",
        ],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(NotACheckpoint):
            parse(text)
