"""A small catalogue, its figures, and a reader that answers from memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from etl.catalogue.feeds import Feed
from etl.catalogue.indicator_parts import Reference, Score, Series
from etl.catalogue.models import (
    Catalogue,
    Dimension,
    Indicator,
    Office,
    Producer,
    Subdimension,
    Urusan,
)
from etl.catalogue.period import from_code
from etl.catalogue.planning import Plan, Target
from etl.catalogue.reference import (
    Aspect,
    Band,
    Domain,
    Instrument,
    InstrumentIndicator,
    Publication,
    PublishedRules,
    Region,
    Scheme,
    Text,
)
from etl.measures.freshness import overdue
from etl.measures.observation import Attempt, Contest, DimensionScore, Finding, Leaf, Observation, Place, Run, Vintage
from etl.stewardship.data_register import Cell, holdings
from etl.stewardship.desk import Desk, GoingBack, Returned, Waiting, all_owed
from etl.stewardship.obligation import Delivered
from etl.warehouse.read.feed_overview import Situation
from etl.warehouse.read.schedule_state import SchedulerState
from tests.making import CAPAIAN

SEAL = "1a2b3c4d" + "0" * 56
MOMENT = dt.datetime(2026, 11, 22, 3, 25, 7, tzinfo=dt.UTC)
VINTAGE = Vintage(3, "data", MOMENT, SEAL, "c" * 64, "k" * 64, "bps", 2)
CATALOGUE_VINTAGE = Vintage(1, "catalogue", MOMENT, "9" * 64, "c" * 64, "k" * 64, None, None)


def text(word: str) -> Text:
    return Text(id=word, en=f"{word} (en)")


def region(code: str, name: str, level: Any = "regency", parent: str | None = "64") -> Region:
    return Region(code=code, parent=parent, level=level, name=name, short=name, source="uji", lat=Decimal("-1.90"))


def indicator(name: str, **changes: Any) -> Indicator:
    fields: dict[str, Any] = {
        "id": name, "name": text(name), "short": text(name), "definition": text(f"arti {name}"),
        "subdimension": "welfare", "unit": "%", "decimals": 2, "direction": "lower", "frequency": "year",
        "producer": "bps", "role": "core", "provenance": "uji",
    }  # fmt: skip
    return Indicator(**(fields | changes))


def catalogue(**changes: Any) -> Catalogue:
    reference = Reference(worst=Decimal("20"), best=Decimal("5.5"), base="2020", scope="Kaltim", source="terbitan uji")
    target = Target(region="64.01", period="2030", value=Decimal("6.22"), plan="rpjmd-paser", source="RPJMD")
    fields: dict[str, Any] = {
        "dimensions": (
            Dimension(id="smart-economy", name=text("Smart Economy"),
                      subdimensions=(Subdimension(id="welfare", name=text("Kesejahteraan")),)),
        ),
        "urusan": (Urusan(id="sosial", name="Sosial", offices={"64.01": "dinsos"}),),
        "offices": (Office(region="64.01", id="dinsos", name="Dinas Sosial", short="Dinsos", provenance="uji"),),
        "producers": (Producer(id="bps", name="Badan Pusat Statistik"),),
        "plans": (
            Plan(id="rpjmd-paser", kind="RPJMD", document="RPJMD Paser 2025-2029", version="1", region="64.01",
                 first_year=2025, last_year=2030, in_force=True, source="terbitan uji"),
        ),
        "indicators": (
            indicator("poverty-rate", score=Score(reference=reference), targets=(target,)),
            indicator("tpt", max_age=1, series=(Series(id="sakernas", name=text("Sakernas")),)),
            indicator("wtp", direction="category", role="supporting", subdimension=None),
            indicator("rahasia", access="internal", role="supporting"),
        ),
        "feeds": (Feed(id="bps", name=text("Terbitan BPS"), connector="file", path="x/*.csv", decimal=".",
                       columns={"value": "value"}, schedule="0 6 * * mon"),
                  Feed(id="targets", name=text("Target"), connector="file", path="t/*.xlsx", decimal=",",
                       columns={"value": "nilai"})),
        "regions": (region("ID", "Indonesia", "country", None), region("64", "Kalimantan Timur", "province", "ID"),
                    region("64.01", "Paser"), region("64.08", "Kutai Timur"), region("64.09", "Penajam Paser Utara")),
        "aliases": {},
        "schemes": (CAPAIAN,
                    Scheme(id="spbe", basis="PermenPANRB 59/2020", provenance="uji",
                           bands=(Band(label=text("Kurang"), low=Decimal(1), high=Decimal("1.8")),))),
        "instruments": (
            Instrument(id="spbe-2020", indicator="spbe", name=text("SPBE"), basis="PermenPANRB 59/2020",
                       first_year=2021, last_year=2025, scheme="spbe",
                       domains=(Domain(no=1, name="Kebijakan", weight=Decimal(100)),),
                       aspects=(Aspect(no=1, name="Kebijakan Internal", weight=Decimal(100), domain=1),),
                       indicators=(InstrumentIndicator(no=1, name="Arsitektur", aspect=1, weight=Decimal(100)),)),
        ),
        "services": (),
        "publications": (
            Publication(id="bps-2024", title="Kemiskinan 2024", url="https://example.test/2024", publisher="bps",
                        channel="official", published=dt.date(2024, 7, 1), accessed=dt.date(2026, 11, 1),
                        licence="uji"),
            Publication(id="koran-2024", title="=Kabar \"Paser\", 2024", url="https://example.test/k",
                        publisher="Koran", channel="press", accessed=dt.date(2026, 11, 1), licence="uji"),
        ),
        "published": PublishedRules(names={}, rules=()),
    }  # fmt: skip
    return Catalogue(**(fields | changes))


def observation(number: int, value: str | None = "8.63", **changes: Any) -> Observation:
    fields: dict[str, Any] = {
        "id": number, "indicator": "poverty-rate", "series": "utama", "region": "64.01", "period": from_code("2024"),
        "kind": "realisation", "value": None if value is None else Decimal(value), "category": None,
        "step": Decimal("0.01"), "unit": "%", "printed": value or "", "printed_unit": "percent", "status": "final",
        "marks": frozenset({"year_inferred", "rounded"}), "note": None, "producer": "bps", "publication": "bps-2024",
        "plan": None, "numerator": None, "denominator": None, "feed": "bps", "run": 2, "vintage": 3, "version": 1,
        "recorded_at": MOMENT, "place": Place(file="bps.csv", sheet=None, row=16, column="value", sha256="f" * 64),
    }  # fmt: skip
    return Observation(**(fields | changes))


def dimension_score(score: Fraction | None = Fraction(200, 3), **changes: Any) -> DimensionScore:
    leaves = (
        Leaf("poverty-rate", "welfare", Fraction(2, 3), Fraction(200, 3), Fraction(200, 3), "reference", None, "utama",
             "2024", 1, None, False),
        Leaf("tpt", "welfare", Fraction(1, 3), None, None, None, "no_data", None, None, None, None, False),
    )  # fmt: skip
    fields: dict[str, Any] = {
        "dimension": "smart-economy", "region": "64.01", "period": "2024", "score": score,
        "low": Fraction(400, 9), "high": Fraction(700, 9), "coverage": Fraction(2, 3), "present": 1, "total": 2,
        "band": 3 if score is not None else None, "leaves": leaves,
    }  # fmt: skip
    return DimensionScore(**(fields | changes))


RUN = Run(2, "bps", 3, MOMENT, MOMENT, 10, 7, 2, 1, "c" * 64, ("bps.csv",))
ATTEMPT = Attempt(5, "bps", MOMENT, MOMENT, MOMENT, "loaded", None, 2, 10, 1)
FINDING = Finding(1, 5, 2, "bps", "undated", "refused", "bps.csv", None, 9, "period", "undated", "Periode tidak ada.")
CONFLICTING = observation(2, "11", publication="koran-2024", printed="11", step=Decimal(1))
CONTEST = Contest(
    "poverty-rate", "64.01", "2024", "realisation", "conflict", observation(1), (CONFLICTING,), True
)  # fmt: skip
SAME = Contest(
    "tpt", "64.08", "2024", "realisation", "same", observation(3, "4.53", indicator="tpt", region="64.08"),
    (observation(4, "4.53", indicator="tpt", region="64.08", publication="koran-2024"),), False,
)  # fmt: skip


SEEN = SchedulerState("uji:1", MOMENT, MOMENT + dt.timedelta(days=3), None)


@dataclass(frozen=True)
class Status:
    feed: str
    last_attempt: Attempt | None
    last_success: dt.datetime | None
    rows: int
    refused: int


@dataclass
class FakeReader:
    """Answers as dashboard.data.Reader does; `asked` keeps the names of the reads."""

    figures: list[Observation] = field(default_factory=lambda: [observation(1), CONFLICTING])
    known: Catalogue = field(default_factory=catalogue)
    state: Vintage | None = VINTAGE
    asked: list[str] = field(default_factory=list)
    found: list[Finding] = field(default_factory=lambda: [FINDING])
    contests: list[Contest] = field(default_factory=lambda: [CONTEST, SAME])
    delivered: list[Delivered] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    returned: list[Returned] = field(default_factory=list)
    cells: set[Cell] = field(default_factory=set)
    tokens: dict[str, str] = field(default_factory=dict)
    scheduler: SchedulerState | None = SEEN

    def vintage(self, as_of: dt.date | str | None = None) -> Vintage | None:
        if as_of == dt.date(2020, 1, 1):
            raise LookupError("belum ada data yang dikenal pada 1 Januari 2020")
        return self.state

    def catalogue(self, vintage: Vintage) -> Catalogue:
        return self.known

    def observations(self, vintage: Vintage, **filters: Any) -> list[Observation]:
        self.asked.append("observations")
        limit, offset = filters.pop("limit"), filters.pop("offset")
        equal = ("indicator", "region", "series", "kind")
        chosen = [
            each for each in self.figures
            if all(getattr(each, name) == filters[name] for name in equal if name in filters)
            and filters.get("source") in (None, each.publication)
        ]  # fmt: skip
        return chosen[offset : offset + limit]

    def series(
        self, vintage: Vintage, indicator: str, regions: list[str], kinds: tuple[str, ...] = ()
    ) -> list[Observation]:
        return [each for each in self.figures if each.indicator == indicator and each.region in regions]

    def latest(self, vintage: Vintage, region: str) -> list[Observation]:
        return [each for each in self.figures if each.region == region]

    def scores(self, vintage: Vintage, **filters: Any) -> list[DimensionScore]:
        return [dimension_score()]

    def score_periods(self, vintage: Vintage, region: str) -> list[str]:
        return ["2024"]

    def contested(self, vintage: Vintage, region: str | None = None) -> list[Contest]:
        return [each for each in self.contests if region in (None, each.region)]

    def feed_status(self) -> list[Status]:
        return [Status("bps", ATTEMPT, MOMENT, 9, 1)]

    def situation(
        self,
        catalogue: Catalogue,
        home: str,
        now: dt.datetime,
        vintage: Vintage,
        going_back: Sequence[GoingBack] = (),
    ) -> Situation:
        today = (now + dt.timedelta(hours=8)).date()
        owed = all_owed(catalogue, self.delivered, today, dt.date(2026, 1, 1))
        desk = Desk(catalogue, home, today, owed, tuple(self.waiting), tuple(self.returned), going_back)
        status: Any = {each.feed: each for each in self.feed_status()}
        releases = tuple(overdue(catalogue, {each.indicator: each.period for each in self.figures}, today))
        return Situation(desk, status, self.scheduler, tuple(holdings(catalogue, home, owed, self.cells)), releases)

    def token_digest(self, feed: str) -> str | None:
        return self.tokens.get(feed)

    def runs(self, limit: int, offset: int = 0) -> list[Run]:
        return [RUN][offset : offset + limit]

    def attempts(self, feed: str | None = None, limit: int = 50) -> list[Attempt]:
        return [ATTEMPT]

    def vintages(self, limit: int, offset: int = 0) -> list[Vintage]:
        return [VINTAGE, CATALOGUE_VINTAGE][offset : offset + limit]

    def findings(self, **filters: Any) -> list[Finding]:
        chosen = [
            each for each in self.found
            if filters.get("feed") in (None, each.feed) and filters.get("rule") in (None, each.rule)
        ]  # fmt: skip
        offset = filters.get("offset", 0)
        return chosen[offset : offset + filters.get("limit", 500)]
