"""Rows of internal indicators are told of without what they say."""

from __future__ import annotations

from dataclasses import replace

from etl.measures.observation import Finding, guarded

PLAIN = Finding(1, 1, None, "opd", "lompatan", "refused", "a.csv", None, 7, "D", "12", "Baris 7: “12” jauh.", "rahasia")


def test_what_an_internal_row_says_is_hidden_its_place_is_not() -> None:
    hidden = guarded(PLAIN, {"ipm"})
    assert (hidden.raw, hidden.sentence) == ("", "Baris 7: isinya tidak untuk umum.")
    assert (hidden.file, hidden.row, hidden.rule) == ("a.csv", 7, "lompatan")


def test_public_rows_and_whole_files_are_shown() -> None:
    assert guarded(PLAIN, {"rahasia"}) is PLAIN
    whole = replace(PLAIN, indicator=None)
    assert guarded(whole, {"ipm"}) is whole
