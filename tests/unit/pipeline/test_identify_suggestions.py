"""Suggestions for strange words: helpful for a few, never a load that lasts for hours."""

from __future__ import annotations

from etl.pipeline.identify import MOST_SUGGESTED, Nearest


def test_a_strange_word_is_answered_with_the_nearest_one() -> None:
    nearest = Nearest(["Paser", "Kutai Timur"])
    assert nearest("Pasir") == " Mungkin maksudnya “Paser”."
    assert nearest("xyz") == ""


def test_of_very_many_strange_words_only_the_first_are_answered() -> None:
    nearest = Nearest(["Paser"])
    assert all(nearest(f"Paser {number}") for number in range(MOST_SUGGESTED))
    assert nearest("Pasir") == ""
    assert nearest("Paser 1") == " Mungkin maksudnya “Paser”."
