"""Noted shapes of files: they add to a declared layout and never overwrite it."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.catalogue.declared_layout import Layout
from etl.catalogue.layout_fixes import with_fixes
from etl.catalogue.load import load_catalogue
from etl.catalogue.reading.problem import CatalogueErrors
from etl.catalogue.reference import LayoutFix
from etl.jobs.connector_registry import CONNECTORS
from tests.problems.sheets import layout_feed

DECLARED = {"words": {"region": {"Pasir": "64.01"}}, "marks": {"*": "preliminary"}, "skip": ["No"], "sheets": ["A"]}


def joined(*rows: tuple[str, str | None, str, str | None]) -> Layout:
    feed = layout_feed(layout=DECLARED)
    fixes = [LayoutFix(feed=feed.id, key=key, field=name, written=word, meaning=to) for key, name, word, to in rows]  # type: ignore[arg-type]
    [fixed] = with_fixes((feed,), fixes)
    assert fixed.layout is not None
    return fixed.layout


def test_fixes_add_to_what_is_declared() -> None:
    layout = joined(
        ("words", "region", "PPU", "64.09"),
        ("words", "series", "Pria", "male"),
        ("marks", None, "r", "revised"),
        ("skip", None, "Jumlah", None),
        ("sheets", None, "B", None),
    )
    assert layout.words == {"region": {"Pasir": "64.01", "PPU": "64.09"}, "series": {"Pria": "male"}}
    assert layout.marks == {"*": "preliminary", "r": "revised"}
    assert (layout.skip, layout.sheets) == (("No", "Jumlah"), ("A", "B"))


def test_what_is_declared_is_never_overwritten() -> None:
    layout = joined(("words", "region", "Pasir", "64.09"), ("marks", None, "*", "final"), ("skip", None, "No", None))
    assert layout == Layout.model_validate(DECLARED)


def test_a_feed_without_fixes_stays_as_it_is() -> None:
    feed = layout_feed(layout=DECLARED)
    other = LayoutFix(feed="lain", key="skip", written="Jumlah")
    assert with_fixes((feed,), [other]) == (feed,)


def test_an_unknown_feed_and_a_missing_file_are_told(project: Path) -> None:
    path = project / "data/reference/layout_fixes.csv"
    path.write_text(path.read_text("utf-8") + "entah,skip,,Jumlah,\n", "utf-8")
    with pytest.raises(CatalogueErrors, match=r"layout_fixes.csv baris 2(.|\n)*entah"):
        load_catalogue(project, CONNECTORS)
    path.unlink()
    with pytest.raises(CatalogueErrors, match=r"layout_fixes.csv: belum ada. Pulihkan"):
        load_catalogue(project, CONNECTORS)
