"""Small catalogues and observations for tests: say what matters, the rest is plain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from itertools import count
from typing import Any

from etl.catalogue.models import Catalogue, Dimension, Indicator, Producer, Subdimension
from etl.catalogue.period import from_code
from etl.catalogue.planning import Plan
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
from etl.measures.observation import Observation, Place

IDS = count(1)


def text(word: str) -> Text:
    return Text(id=word, en=word)


def scheme(name: str, cuts: Iterable[str], labels: Iterable[str]) -> Scheme:
    """Build a scheme from its inner cuts; the outer bands are open."""
    inner = [Decimal(each) for each in cuts]
    edges = zip([None, *inner], [*inner, None], labels, strict=True)
    bands = tuple(Band(label=text(label), low=low, high=high) for low, high, label in edges)
    return Scheme(id=name, basis="uji", provenance="uji", bands=bands)


CAPAIAN = scheme("capaian", ("51", "66", "76", "91"), ("sangat rendah", "rendah", "sedang", "tinggi", "sangat tinggi"))
POSISI = scheme("posisi", ("20", "40", "60", "80"), ("jauh", "agak jauh", "di tengah", "cukup dekat", "dekat"))
SPBE_SCHEME = scheme("spbe", ("1.8", "2.6", "3.5", "4.2"), ("Kurang", "Cukup", "Baik", "Sangat Baik", "Memuaskan"))
PEMDI_SCHEME = scheme(
    "pemdi",
    ("1.5", "2.5", "3.5", "4.0"),
    (
        "Kurang (Merintis/Initiate)",
        "Cukup (Membangun/Emerging)",
        "Baik (Berkembang/Developing)",
        "Sangat Baik (Melembaga/Embedded)",
        "Memuaskan (Unggul/Leading)",
    ),
)


def _instrument(name: str, aspects: list[tuple[int | None, list[str]]], first: int, last: int | None) -> Instrument:
    indicators: list[InstrumentIndicator] = []
    for aspect, (_, weights) in enumerate(aspects, 1):
        for weight in weights:
            no = len(indicators) + 1
            gated = name == "spbe" or no not in (5, 6, 7)
            indicators.append(
                InstrumentIndicator(no=no, name=f"I{no}", aspect=aspect, weight=Decimal(weight), gated=gated)
            )
    parts = tuple(
        Aspect(no=no, name=f"A{no}", weight=sum((Decimal(each) for each in weights), Decimal(0)), domain=domain)
        for no, (domain, weights) in enumerate(aspects, 1)
    )
    numbers = sorted({each.domain for each in parts if each.domain})
    domains = tuple(
        Domain(no=no, name=f"D{no}", weight=sum((each.weight for each in parts if each.domain == no), Decimal(0)))
        for no in numbers
    )
    return Instrument(
        id=name,
        indicator=name,
        name=text(name.upper()),
        basis="uji",
        first_year=first,
        last_year=last,
        scheme=name,
        domains=domains,
        aspects=parts,
        indicators=tuple(indicators),
    )


SPBE = _instrument(
    "spbe",
    [
        (1, ["1.3"] * 10),
        (2, ["2.5"] * 4),
        (2, ["2.5"] * 4),
        (2, ["2.5"] * 2),
        (3, ["1.5"] * 8),
        (3, ["1.5"] * 3),
        (4, ["2.75"] * 10),
        (4, ["3"] * 6),
    ],
    2021,
    2025,
)
PEMDI = _instrument(
    "pemdi",
    [
        (None, ["5", "5"]),
        (None, ["5", "5"]),
        (None, ["5", "3", "3", "4"]),
        (None, ["4", "4", "3", "4"]),
        (None, ["5", "5"]),
        (None, ["4", "4", "4", "3"]),
        (None, ["10", "15"]),
    ],
    2026,
    None,
)

REGIONS = (
    ("ID", None, "country"),
    ("64", "ID", "province"),
    ("pemprov", "64", "subject"),
    ("64.01", "64", "regency"),
    ("64.08", "64", "regency"),
    ("64.09", "64", "regency"),
)


def indicator(id: str = "ipm", **changes: Any) -> Indicator:
    plain: dict[str, Any] = {
        "id": id,
        "name": text(id),
        "short": text(id),
        "definition": text(id),
        "subdimension": "industry",
        "unit": "indeks",
        "decimals": 2,
        "direction": "higher",
        "frequency": "year",
        "producer": "bps",
        "role": "core",
        "provenance": "uji",
    }
    return Indicator.model_validate({**plain, **changes})


def reference(worst: str, best: str, **more: Any) -> dict[str, Any]:
    points = {"worst": worst, "best": best, "base": "2020", "scope": "10 kabupaten/kota", "source": "uji"}
    return {"reference": points | {"basis": "pooled", "n": 30, **more}}


def plan(id: str = "rpjmd", **changes: Any) -> Plan:
    plain: dict[str, Any] = {
        "id": id,
        "kind": "RPJMD",
        "document": f"Dokumen {id}",
        "version": "1",
        "region": "64.01",
        "first_year": 2025,
        "last_year": 2029,
        "in_force": True,
        "source": "uji",
    }
    return Plan.model_validate({**plain, **changes})


def publication(id: str, publisher: str, channel: str, published: str | None = None) -> Publication:
    plain: dict[str, Any] = {
        "id": id,
        "title": f"Judul {id}",
        "url": f"https://contoh.example/{id}",
        "publisher": publisher,
        "channel": channel,
        "published": published,
        "accessed": "2026-11-22",
        "licence": "uji",
    }
    return Publication.model_validate(plain)


PUBLICATIONS = (
    publication("rilis-2024", "bps", "official", "2024-12-01"),
    publication("rilis-2025", "bps", "official", "2025-12-01"),
    publication("rilis-lain", "Kementerian Kesehatan", "official", "2025-05-27"),
    publication("salinan", "kaggle", "copy"),
    publication("dinas", "Dinas Kesehatan", "official"),
    publication("berita-a", "antara", "press", "2025-05-28"),
    publication("berita-b", "insight", "press", "2025-12-04"),
)


def catalogue(*indicators: Indicator, **changes: Any) -> Catalogue:
    """Build a catalogue around some indicators, with one dimension of two sub-dimensions."""
    subdimensions = (
        Subdimension(id="industry", name=text("industri")),
        Subdimension(id="welfare", name=text("sejahtera")),
    )
    plain: dict[str, Any] = {
        "dimensions": (Dimension(id="smart-economy", name=text("Smart Economy"), subdimensions=subdimensions),),
        "urusan": (),
        "offices": (),
        "producers": (
            Producer(id="bps", name="BPS"),
            Producer(id="kemenkes", name="Kementerian Kesehatan"),
        ),
        "plans": (plan(), plan("lisan", kind="pernyataan")),
        "indicators": indicators,
        "feeds": (),
        "regions": tuple(
            Region.model_validate(
                {"code": code, "parent": parent, "level": level, "name": code, "short": code, "source": "uji"}
            )
            for code, parent, level in REGIONS
        ),
        "aliases": {},
        "schemes": (CAPAIAN, POSISI, SPBE_SCHEME, PEMDI_SCHEME),
        "instruments": (SPBE, PEMDI),
        "services": (),
        "publications": PUBLICATIONS,
        "published": PublishedRules(names={}, rules=()),
    }
    return Catalogue(**{**plain, **changes})


def observation(value: str | None = "70", period: str = "2024", **changes: Any) -> Observation:
    """Build a current observation; its step is that of the printed text unless given."""
    number = None if value is None else Decimal(value)
    exponent = 0 if number is None else int(number.as_tuple().exponent)
    plain: dict[str, Any] = {
        "id": next(IDS),
        "indicator": "ipm",
        "series": "utama",
        "region": "64.01",
        "period": from_code(period),
        "kind": "realisation",
        "value": number,
        "category": None,
        "step": None if number is None else Decimal(1).scaleb(exponent),
        "unit": "indeks",
        "printed": value or "",
        "printed_unit": "indeks",
        "status": "final",
        "marks": frozenset(),
        "note": None,
        "producer": "bps",
        "publication": "rilis-2024",
        "plan": None,
        "numerator": None,
        "denominator": None,
        "feed": "published",
        "run": 1,
        "vintage": 1,
        "version": 1,
        "recorded_at": dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        "place": Place(file="ekonomi.csv", sha256="00", sheet=None, row=2, column="value"),
    }
    return Observation(**{**plain, **changes})


def target(value: str, period: str = "2024", plan: str = "rpjmd", **changes: Any) -> Observation:
    """Build a fed target observation."""
    return observation(value, period, kind="target", plan=plan, **changes)
