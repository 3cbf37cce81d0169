"""Figures that were revised: the old ones stay in reach, with when they were known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dashboard.components.versions import older_versions
from dashboard.data import Reader, Scene, open_read_only, open_scene
from dashboard.indicator_story import replaced_versions
from dashboard.pages import home, indicator
from dashboard.urls import State
from etl.jobs.loading.feed_run import run_feed
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.write.commits import record_catalogue
from tests.jobs import job
from tests.making import catalogue, observation
from tests.making import indicator as make_indicator
from tests.problems.trial import feed, trial_catalogue
from tests.unit.dashboard.rendered import rows, walk, words

HEADER = "Indikator;Wilayah;Periode;Nilai;Satuan\n"
LOADS = (("74,56", dt.datetime(2026, 11, 1, 1, tzinfo=dt.UTC)), ("75,13", dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC)))


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A warehouse whose IPM of Paser in 2024 was received twice, the second time with another value."""
    root = tmp_path_factory.mktemp("revised")
    url, known = f"sqlite:///{root / 'w.sqlite'}", trial_catalogue()
    writer = open_engine(url)
    migrate(writer)
    record_catalogue(writer, known, LOADS[0][1])
    (root / "data/inbox/opd").mkdir(parents=True)
    for value, when in LOADS:
        text = f"{HEADER}ipm;Paser;2024;{value};indeks\nipm;Paser;2023;73,99;indeks\n"
        (root / "data/inbox/opd/ipm.csv").write_text(text, encoding="utf-8")
        run_feed(job(writer, known, root, when), feed())
    writer.dispose()
    engine = open_read_only(url)
    yield Reader(engine)
    engine.dispose()


def scene_of(reader: Reader, **state: str) -> Scene:
    found = open_scene(reader, State(**state), "64.01")  # type: ignore[arg-type]
    assert found is not None
    return found


def older(reader: Reader, **state: str) -> list[list[str]]:
    body = indicator.build(scene_of(reader, **state), "ipm")
    return rows([each for each in walk(body.children) if getattr(each, "id", None) == "versi-lama"])


def test_a_revised_figure_shows_its_older_version_with_its_dates(revised: Reader) -> None:
    (row,) = older(revised)
    assert row[:3] == ["2024", "74,56", "digantikan"]
    assert row[-2:] == ["1 Nov 2026 sampai 20 Nov 2026", "1, digantikan versi 2"]
    assert "75,13" in indicator.build(scene_of(revised), "ipm").title


def test_before_the_revision_nothing_was_replaced(revised: Reader) -> None:
    past = scene_of(revised, per="2026-11-10")
    assert older(revised, per="2026-11-10") == []
    assert "74,56" in indicator.build(past, "ipm").title


def test_the_summary_tells_the_revision(revised: Reader) -> None:
    assert "74,56 menjadi 75,13, diterima 20 November 2026" in words(home.build(scene_of(revised)).children)


def test_without_revisions_nothing_is_shown(reader: Reader) -> None:
    assert older(reader) == []
    assert older_versions(make_indicator(), [], catalogue(make_indicator()), "id") is None


def test_versions_of_two_sources_are_not_one_revision() -> None:
    first, second = observation("70"), replace(observation("71", publication="salinan"), vintage=2)
    assert replaced_versions([first, second], 2) == []
    again = replace(first, id=0, vintage=3, version=2)
    (found,) = replaced_versions([again, second, first], 3)
    assert (found.old, found.new) == (first, again)
