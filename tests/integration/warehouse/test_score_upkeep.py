"""Whatever is loaded, in whatever order, the stored scores are those of a complete computation, and no others move."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue, Dimension, Subdimension
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.feed_run import run_feeds
from etl.warehouse.engine import open_engine
from etl.warehouse.schema import score
from etl.warehouse.verify import verify
from etl.warehouse.write.recompute import compute, current_trees, scored_regions
from tests import making
from tests.integration.warehouse.loads import START, House, load, row
from tests.jobs import job

ROOT = Path(__file__).resolve().parents[3]
Step = Callable[[House], object]
LIVING = Dimension(
    id="smart-living",
    name=making.text("Smart Living"),
    subdimensions=(Subdimension(id="health", name=making.text("sehat")),),
)


def town(max_age: int = 1, weight: str = "1") -> Catalogue:
    """Build two dimensions with a path of targets, two series, in-year figures and an indicator that is not scored."""
    first = making.catalogue().dimensions[0]
    return making.catalogue(
        making.indicator("ipm", score=making.reference("60", "80"), max_age=max_age, weight=weight),
        making.indicator("jobs", subdimension="welfare", frequency="month", cumulative=True, max_age=14),
        making.indicator(
            "stunting",
            subdimension="health",
            direction="lower",
            series=[{"id": each, "name": {"id": each, "en": each}} for each in ("ssgi", "eppgbm")],
            target_path=True,
            score=making.reference("40", "0"),
        ),
        making.indicator("visitors", role="supporting"),
        dimensions=(first, LIVING),
    )


def assert_scores_are_whole(engine: Engine, catalogue: Catalogue) -> None:
    """Compare what is stored with every score computed anew."""
    with engine.connect() as connection:
        complete: dict[Any, str] = {}
        for region in scored_regions(catalogue):
            complete |= compute(connection, catalogue, region)
        assert current_trees(connection) == complete


def _row(subject: tuple[str, str], value: int, **changes: str) -> dict[str, Any]:
    indicator, series = subject
    plan = "rpjmd" if changes["kind"] == "target" else None
    return row(str(value), indicator=indicator, series=series, plan=plan, **changes)


SERIES = [("ipm", "utama"), ("jobs", "utama"), ("visitors", "utama"), ("stunting", "ssgi"), ("stunting", "eppgbm")]
ROWS = st.lists(
    st.builds(
        _row,
        st.sampled_from(SERIES),
        st.integers(0, 99),
        region=st.sampled_from(["64.01", "64.01", "64.08", "64"]),
        period=st.sampled_from(["2020", "2021", "2022", "2022-06", "2022-12", "2024"]),
        kind=st.sampled_from(["realisation", "realisation", "realisation", "target"]),
        status=st.sampled_from(["final", "final", "progress"]),
        marks=st.sampled_from(["", "", "doubtful"]),
        publication=st.sampled_from(["rilis-2024", "berita-a"]),
    ),
    min_size=2,
    max_size=8,
    unique_by=lambda each: tuple(each[name] for name in ("indicator", "series", "region", "period", "kind")),
)
LOADS = st.builds(
    lambda rows, name, complete: lambda house: house.commit(load(*rows, name=name, complete=complete)),
    ROWS,
    st.sampled_from(["a.csv", "b.csv"]),
    st.booleans(),
)
CATALOGUES = st.builds(
    lambda max_age, weight: lambda house: house.record(town(max_age, weight)),
    st.integers(0, 3),
    st.sampled_from(["1", "2"]),
)


@settings(max_examples=25)
@given(before=st.lists(LOADS, min_size=1, max_size=4), change=CATALOGUES, after=st.lists(LOADS, max_size=2))
def test_any_history_leaves_the_scores_of_a_complete_computation(
    migrated_sqlite: Path, before: list[Step], change: Step, after: list[Step]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{shutil.copy(migrated_sqlite, folder)}")
        house = House(engine)
        house.record(town())
        for step in [*before, change, *after]:
            step(house)
            assert_scores_are_whole(engine, house.catalogue)
        assert verify(engine) == []
        engine.dispose()


def test_a_target_moves_no_score(house: House) -> None:
    house.record(town())
    stunting, planned = {"indicator": "stunting", "series": "ssgi"}, {"kind": "target", "plan": "rpjmd"}
    house.commit(load(row("30", period="2022", **stunting)))
    with house.engine.connect() as connection:
        before = current_trees(connection)
    house.commit(load(row("23", period="2022", **stunting, **planned), name="rpjmd.csv"))
    assert_scores_are_whole(house.engine, house.catalogue)
    with house.engine.connect() as connection:
        assert current_trees(connection) == before


@pytest.mark.parametrize("order", ["backwards", "mixed"])
def test_the_shipped_figures_give_the_same_scores_in_any_order(
    migrated_sqlite: Path, tmp_path: Path, order: str
) -> None:
    catalogue = load_catalogue(ROOT, CONNECTORS)
    feeds = [each for each in catalogue.feeds if each.rules]
    assert len(feeds) > 2
    if order == "backwards":
        feeds.reverse()
    else:
        random.Random(5).shuffle(feeds)
    engine = open_engine(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path)}")
    for feed in feeds:
        [report] = run_feeds(job(engine, catalogue, ROOT, START), [feed])
        assert report.ending == "loaded"
        assert_scores_are_whole(engine, catalogue)
    engine.dispose()


def test_a_load_leaves_alone_what_it_cannot_have_moved(house: House) -> None:
    """A score that somebody changed by hand is not written over by a load beside it, so that it is still told."""
    house.record(town())
    stunting = {"indicator": "stunting", "series": "ssgi"}
    house.commit(load(row("70", period="2022"), row("30", period="2022", **stunting), row("72", period="2024")))
    with house.engine.begin() as connection:
        changed = update(score).where(score.c.superseded_in.is_(None)).values(tree=json.dumps({"score": "100/1"}))
        connection.execute(changed)
    house.commit(load(row("73", period="2023"), name="lain.csv"))
    with house.engine.connect() as connection:
        query = select(score.c.dimension, score.c.period).where(score.c.tree == json.dumps({"score": "100/1"}))
        forged = {tuple(each) for each in connection.execute(query.where(score.c.superseded_in.is_(None)))}
    assert forged == {("smart-economy", "2022"), *(("smart-living", str(year)) for year in (2022, 2023, 2024))}
    told = " ".join(each.sentence for each in verify(house.engine))
    assert "skor smart-living 64.01 2023 tidak cocok" in told
    assert "skor smart-economy 64.01 2023" not in told
