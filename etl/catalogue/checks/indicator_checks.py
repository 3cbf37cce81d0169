"""Checks of one indicator: its words are known, its score has a sound basis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from etl.catalogue.checks.parts import Check, Fault, Parts, refers, unknown
from etl.catalogue.indicator_parts import RulerBasis
from etl.catalogue.models import Indicator
from etl.catalogue.period import from_code
from etl.catalogue.reference_series import list_names


def misi_known(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """Each mission is declared."""
    for place, each in enumerate(indicator.misi):
        yield from unknown(("misi", place), each, tuple(parts.misi))


def series_come_from_a_list(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """The list that series come from exists."""
    if indicator.series_from is not None:
        yield from unknown(("series_from",), indicator.series_from, list_names(parts.instruments))


def breaks_are_periods(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """Breaks of a series are canonical periods."""
    for place, series in enumerate(indicator.series):
        for number, code in enumerate(series.breaks):
            yield from period_fault(("series", place, "breaks", number), code)


def period_fault(path: tuple[str | int, ...], code: str) -> Iterator[Fault]:
    """Report a code that is no canonical period."""
    try:
        from_code(code)
    except ValueError:
        yield Fault(path, code, ("2024", "2024-S1", "2024-Q2", "2024-08", "2024-08-31"))


def month_is_of_a_year(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """Only annual figures refer to one month."""
    if indicator.month is not None and indicator.frequency != "year":
        remedy = "Hapus month, atau jadikan frequency: year."
        yield Fault(("month",), str(indicator.month), ("month hanya untuk frequency: year",), remedy)


def sanity_is_a_range(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """The smallest sound value lies below the largest."""
    low, high = indicator.sanity.min, indicator.sanity.max
    if low is not None and high is not None and low > high:
        yield Fault(("sanity",), f"min {low}, max {high}", ("min lebih kecil dari max",), "Tukar keduanya.")


def units_convert(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """Factors are above zero."""
    for unit, factor in indicator.units.items():
        if factor <= 0:
            yield Fault(("units", unit), str(factor), ("pengali lebih dari 0",), f"1 {unit} = … {indicator.unit}.")


def range_has_tolerance(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """A range target needs its half-width."""
    if indicator.direction == "range" and indicator.tolerance is None:
        yield Fault(("tolerance",), None, (), "Arah range memerlukan tolerance: setengah lebar rentang target.")


def score_series_known(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """The scored series is one of the indicator's."""
    if indicator.score and indicator.score.series:
        yield from unknown(("score", "series"), indicator.score.series, indicator.series_ids)


def reference_follows_direction(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """Worst and best differ and lie as the direction says; only higher and lower have them."""
    reference = indicator.score.reference if indicator.score else None
    if reference is None:
        return
    found, path = f"worst {reference.worst}, best {reference.best}", ("score", "reference")
    if indicator.direction not in ("higher", "lower"):
        allowed = ("titik acuan hanya untuk arah higher dan lower",)
        yield Fault(path, f"arah {indicator.direction}", allowed, "Hapus reference atau perbaiki direction.")
    elif reference.worst == reference.best:
        yield Fault(path, found, ("worst dan best yang berbeda",))
    elif (reference.best > reference.worst) != (indicator.direction == "higher"):
        side = "lebih besar" if indicator.direction == "higher" else "lebih kecil"
        allowed = (f"best {side} dari worst, karena arah {indicator.direction}",)
        yield Fault(path, found, allowed, "Tukar keduanya atau perbaiki direction.")


def categories_follow_direction(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """A category indicator has its order, others have none."""
    categories = indicator.score.categories if indicator.score else None
    if indicator.direction == "category" and categories is None:
        remedy = "Tambahkan score: categories: order: [terburuk, …, terbaik] dan source."
        yield Fault(("score", "categories"), None, (), remedy)
    elif indicator.direction != "category" and categories is not None:
        allowed = ("urutan kategori hanya untuk arah category",)
        yield Fault(("score", "categories"), f"arah {indicator.direction}", allowed, "Hapus categories.")


def categories_are_ordered(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """The order names each category once, and other spellings lead into it."""
    categories = indicator.score.categories if indicator.score else None
    if categories is None:
        return
    for place, each in enumerate(categories.order):
        if each in categories.order[:place]:
            path = ("score", "categories", "order", place)
            yield Fault(path, each, ("tiap kategori satu kali",), "Hapus salah satu.")
    for printed, meant in categories.also.items():
        yield from unknown(("score", "categories", "also", printed), meant, categories.order)


def core_can_be_placed(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """A core indicator stands in a sub-dimension, has a direction, and reference points or what it waits for.

    Targets are no basis: they differ from regency to regency.
    """
    if indicator.role != "core":
        return
    if indicator.direction == "none":
        yield Fault(("direction",), "none", ("higher", "lower", "category"), "Indikator inti memerlukan arah.")
    if indicator.subdimension is None:
        yield Fault(("subdimension",), None, (), "Indikator inti memerlukan subdimension.")
    score = indicator.score
    if not (score and (score.reference or score.categories or score.waits)):
        remedy = "Indikator inti memerlukan score: reference, categories, atau waits (apa yang ditunggu acuannya)."
        yield Fault(("score",), None, (), f"{remedy} Target bukan acuan; atau pakai role: supporting.")


def core_is_no_total(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """Only rates, shares, indices and quantities per head are placed: a greater regency is not a better one."""
    if indicator.role == "core" and indicator.additive:
        allowed = ("rasio, persentase, indeks, atau jumlah per penduduk",)
        yield Fault(("additive",), "true", allowed, "Jumlah mutlak ditampilkan saja: pakai role: supporting.")


def ruler_is_accounted_for(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """The points of a core indicator say what they rest on, and on how many figures where regions are compared."""
    reference = indicator.score.reference if indicator.score else None
    if indicator.role != "core" or reference is None:
        return
    if reference.basis is None:
        yield Fault(("score", "reference", "basis"), None, get_args(RulerBasis))
    elif reference.basis != "normative" and reference.n is None:
        yield Fault(("score", "reference", "n"), None, ("banyaknya angka yang dibandingkan",))
    if indicator.score and indicator.score.waits:
        yield Fault(("score", "waits"), "ada", ("reference atau waits, bukan keduanya",), "Hapus salah satu.")


def core_is_public(indicator: Indicator, parts: Parts) -> Iterator[Fault]:
    """A scored indicator may be seen by all: the tree of a score shows the worth of each."""
    if indicator.role == "core" and indicator.access == "internal":
        remedy = "Skor dimensi menampilkan nilai tiap indikator inti. Pakai role: supporting, atau access: publik."
        yield Fault(("access",), "internal", ("publik",), remedy)


INDICATOR_CHECKS: tuple[Check, ...] = (
    refers("subdimension", "subdimension"),
    refers("producer", "producer"),
    refers("urusan", "urusan"),
    refers("scheme", "scheme"),
    misi_known,
    series_come_from_a_list,
    breaks_are_periods,
    month_is_of_a_year,
    sanity_is_a_range,
    units_convert,
    range_has_tolerance,
    score_series_known,
    reference_follows_direction,
    categories_follow_direction,
    categories_are_ordered,
    core_can_be_placed,
    core_is_no_total,
    ruler_is_accounted_for,
    core_is_public,
)
