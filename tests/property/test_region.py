"""Properties of region names: every region is found by what it is called, and spelling never invents one."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.catalogue.load import load_catalogue
from etl.catalogue.names import normalise_name
from etl.jobs.connector_registry import CONNECTORS
from etl.measures.region import resolve_region

SMALL = load_catalogue(Path(__file__).resolve().parents[1] / "problems" / "catalogue" / "sound", CONNECTORS)
BLANKS = st.text(" \t\u00a0", max_size=3)


@settings(deadline=None)
@given(st.sampled_from(SMALL.regions), BLANKS, BLANKS, st.sampled_from([str, str.upper, str.lower, str.title]))
def test_spelling_does_not_matter_within_the_parent(region, before, after, case) -> None:  # type: ignore[no-untyped-def]
    text = before + case(region.name).replace(" ", "  ") + after
    assert resolve_region(text, SMALL, region.parent) == region.code
    assert resolve_region(region.code, SMALL) == region.code


@settings(deadline=None)
@given(st.text(max_size=30))
def test_only_exact_names_resolve(text: str) -> None:
    code = resolve_region(text, SMALL)
    if code is not None:
        called = {code, normalise_name(SMALL.region[code].name)} | {a for a, c in SMALL.aliases.items() if c == code}
        assert text.strip() in called or normalise_name(text) in called


@settings(deadline=None)
@given(st.sampled_from(SMALL.regions), st.characters(categories=["L"]))
def test_a_letter_more_is_another_name(region, letter: str) -> None:  # type: ignore[no-untyped-def]
    assert resolve_region(region.name + letter, SMALL, region.parent) is None


@settings(deadline=None)
@given(st.text())
def test_normalising_twice_changes_nothing_but_a_second_prefix(text: str) -> None:
    once = normalise_name(text)
    assert normalise_name(once) == once or once.startswith("kab")
