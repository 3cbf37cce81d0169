"""A house of three regencies in memory: its catalogue, its figures and scores, and the view of one wall over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, cast

from dashboard.data import Reader, Scene
from dashboard.urls import Lang, State
from dashboard.wall.view import View
from etl.catalogue.models import Catalogue, Dimension, Indicator, Office, Subdimension, Urusan
from etl.catalogue.record_kinds import Record
from etl.measures.observation import Contest, DimensionScore, Leaf, Observation, Vintage
from tests.making import catalogue, text

NOW = dt.datetime(2026, 11, 22, 3, 25, tzinfo=dt.UTC)
RECORDED = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
VINTAGE = Vintage(3, "data", RECORDED, "a" * 64, "c" * 64, "k" * 64, "bps", 2)
PASER, PPU, KUTIM = "64.01", "64.09", "64.08"


def house_of(*indicators: Indicator, **changes: Any) -> Catalogue:
    """Build a catalogue with two dimensions, one office, and `indicators`."""
    dimensions = tuple(
        Dimension(id=f"smart-{name.lower()}", name=text(f"Smart {name}"),
                  subdimensions=(Subdimension(id=sub, name=text(sub)),))
        for name, sub in (("Economy", "industry"), ("Living", "welfare"))
    )  # fmt: skip
    plain: dict[str, Any] = {
        "dimensions": dimensions,
        "urusan": (Urusan(id="modal", name="Penanaman modal", offices={PASER: "dpmptsp"}),),
        "offices": (
            Office(region=PASER, id="dpmptsp", name="Dinas Penanaman Modal", short="DPMPTSP",
                   aliases=("Perizinan",), provenance="uji"),
        ),
    }  # fmt: skip
    return catalogue(*indicators, **(plain | changes))


def leaf(indicator: str, score: int | None, period: str = "2024", **changes: Any) -> Leaf:
    """Build a leaf that carries half of its dimension."""
    value = None if score is None else Fraction(score)
    plain: dict[str, Any] = {
        "indicator": indicator, "subdimension": "industry", "weight": Fraction(1, 2), "score": value, "raw": value,
        "basis": None if score is None else "reference", "absence": "no_data" if score is None else None,
        "series": "utama", "period": None if score is None else period, "observation": None, "target": None,
        "disputed": False,
    }  # fmt: skip
    return Leaf(**(plain | changes))


def score_of(
    *leaves: Leaf, dimension: str = "smart-economy", region: str = PASER, period: str = "2024", **changes: Any
) -> DimensionScore:
    """Build a position as the mean of its leaves, all of one weight; None where fewer than half of them have one."""
    weighed = tuple(replace(each, weight=Fraction(1, len(leaves))) for each in leaves)
    there = [each.score for each in leaves if each.score is not None]
    low = sum(there, Fraction(0)) / len(leaves)
    known = 2 * len(there) >= len(leaves) and bool(there)
    score = sum(there, Fraction(0)) / len(there) if known else None
    worded = score is not None and 3 * len(there) >= 2 * len(leaves)
    plain: dict[str, Any] = {
        "dimension": dimension, "region": region, "period": period, "score": score, "low": low,
        "high": low + Fraction(100 * (len(leaves) - len(there)), len(leaves)),
        "coverage": Fraction(len(there), len(leaves)), "present": len(there), "total": len(leaves),
        "band": None, "leaves": weighed, "method": 2,
        "position": 1 + sum(score >= cut for cut in (20, 40, 60, 80)) if worded and score is not None else None,
    }  # fmt: skip
    return DimensionScore(**(plain | changes))


def action(indicator: str, deadline: str, **changes: str) -> Record:
    """Build an action of the office."""
    plain = {
        "indicator": indicator, "region": PASER, "cause": "uji", "action": "Forum investor",
        "responsible": "Dinas Penanaman Modal", "deadline": deadline, "status": "rencana",
    }  # fmt: skip
    return Record(1, "action", plain | changes, "actions", 3, 1, RECORDED, "a.xlsx", None, 2)


@dataclass
class House:
    """Answers what scenes ask of dashboard.data.Reader."""

    known: Catalogue
    figures: Sequence[Observation] = ()
    found: Sequence[DimensionScore] = ()
    conflicts: Sequence[Contest] = ()
    recorded: list[Record] = field(default_factory=list)

    def series(
        self, _: Vintage, indicator: str, regions: Iterable[str], kinds: tuple[str, ...] = ("realisation",)
    ) -> list[Observation]:
        wanted = (indicator, tuple(regions), kinds)
        return [
            each for each in self.figures
            if each.indicator == wanted[0] and each.region in wanted[1] and each.kind in wanted[2]
        ]  # fmt: skip

    def scores(
        self, _: Vintage, regions: Iterable[str] = (), period: str | None = None, dimension: str | None = None
    ) -> list[DimensionScore]:
        wanted = tuple(regions)
        return [
            each for each in self.found
            if each.region in wanted and period in (None, each.period) and dimension in (None, each.dimension)
        ]  # fmt: skip

    def score_periods(self, _: Vintage, region: str) -> list[str]:
        return sorted({each.period for each in self.found if each.region == region})

    def contested(self, _: Vintage, region: str | None = None) -> list[Contest]:
        return [each for each in self.conflicts if region in (None, each.region)]

    def actions(self, _: Vintage, region: str) -> list[Record]:
        return self.recorded


def wall(house: House, lang: Lang = "id", guest: bool = False, region: str = PASER, now: dt.datetime = NOW) -> View:
    """Return the view of a wall of `region`."""
    scene = Scene(cast(Reader, house), State(lang=lang), VINTAGE, house.known, house.known.region[region])
    return View(scene, now, guest)


def conflict(shown: Observation, *others: Observation) -> Contest:
    """Build the beda data of a figure."""
    return Contest(
        shown.indicator, shown.region, shown.period.code, "realisation", "conflict", shown, tuple(others), False
    )
