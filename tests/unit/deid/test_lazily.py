"""What is worked out once."""

from groupnotes.deid.lazily import once


class Sum:
    def __init__(self) -> None:
        self.times = 0

    @once
    def total(self) -> int:
        """Count how often it is worked out."""
        self.times += 1
        return self.times


class TestOnce:
    def test_it_is_worked_out_once_for_each(self) -> None:
        one, other = Sum(), Sum()

        assert [one.total, one.total, other.total] == [1, 1, 1]
        assert (one.times, other.times) == (1, 1)

    def test_the_class_shows_what_it_is(self) -> None:
        assert isinstance(Sum.total, once)
        assert Sum.total.__doc__ == "Count how often it is worked out."
