"""SPBE and Pemdi: from levels to indices with an instrument's weights, exactly; predicates and their contradictions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from etl.catalogue.models import Catalogue
from etl.catalogue.reference import Instrument, InstrumentIndicator, Scheme, Text
from etl.measures.achievement import Number, band

LOWEST, HIGHEST = 1, 5
Level = Decimal | int


class InstrumentError(ValueError):
    """Levels or scores an instrument does not allow; `faults` lists all of them in Indonesian."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Interval:
    """Where an index lies that is known only from rounded parts; `middle` takes the parts as printed."""

    low: Fraction
    middle: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A published predicate beside the one computed from the index."""

    published: str
    computed: Text
    sentence: Text


def instrument_for(catalogue: Catalogue, indicator: str, year: int) -> Instrument | None:
    """Return the instrument an indicator was assessed by in a year, or None (SPBE before 2021)."""
    for each in catalogue.instruments:
        if each.indicator == indicator and each.first_year <= year <= (each.last_year or year):
            return each
    return None


def gated_level(met: Collection[int]) -> int:
    """Return the level reached when the criteria of the levels in `met` are: each counts only above met ones."""
    level = LOWEST
    while level + 1 in met and level < HIGHEST:
        level += 1
    return level


def index_from_levels(instrument: Instrument, levels: Mapping[int, Level]) -> Fraction:
    """Return the exact index, 1 to 5, from the level of every indicator by its number.

    Raises InstrumentError naming all missing, unknown and unlawful levels.
    """
    check_levels(instrument, levels)
    return _mean(instrument.indicators, levels)


def aspect_indices(instrument: Instrument, levels: Mapping[int, Level]) -> dict[int, Fraction]:
    """Return the exact index of each aspect by its number. Raises InstrumentError as `index_from_levels`."""
    check_levels(instrument, levels)
    return _means(instrument, levels, {each.no: each.no for each in instrument.aspects})


def domain_indices(instrument: Instrument, levels: Mapping[int, Level]) -> dict[int, Fraction]:
    """Return the exact index of each domain by its number; empty for an instrument without domains.

    Raises InstrumentError as `index_from_levels`.
    """
    check_levels(instrument, levels)
    return _means(instrument, levels, {each.no: each.domain for each in instrument.aspects if each.domain is not None})


def _means(instrument: Instrument, levels: Mapping[int, Level], part_of: Mapping[int, int]) -> dict[int, Fraction]:
    parts: dict[int, list[InstrumentIndicator]] = {}
    for each in instrument.indicators:
        if each.aspect in part_of:
            parts.setdefault(part_of[each.aspect], []).append(each)
    return {no: _mean(members, levels) for no, members in sorted(parts.items())}


def _mean(members: Collection[InstrumentIndicator], levels: Mapping[int, Level]) -> Fraction:
    weight = sum((Fraction(each.weight) for each in members), Fraction(0))
    return sum((Fraction(each.weight) * Fraction(levels[each.no]) for each in members), Fraction(0)) / weight


def check_levels(instrument: Instrument, levels: Mapping[int, Level]) -> None:
    """Raise InstrumentError unless every indicator has one lawful level: 1 to 5, whole where gated."""
    known = {each.no: each for each in instrument.indicators}
    faults = [f"indikator {no} tidak ada pada {instrument.name.id}" for no in sorted(set(levels) - set(known))]
    for no, indicator in sorted(known.items()):
        if no not in levels:
            faults.append(f"indikator {no} ({indicator.name}) belum ada tingkatnya; isi 1 sampai 5")
        elif not LOWEST <= levels[no] <= HIGHEST:
            faults.append(f"indikator {no}: tingkat {_comma(levels[no])} di luar 1 sampai 5")
        elif indicator.gated and levels[no] != int(levels[no]):
            faults.append(f"indikator {no}: tingkat {_comma(levels[no])} harus bilangan bulat 1 sampai 5")
    if faults:
        raise InstrumentError(faults)


def interval_from_domains(instrument: Instrument, scores: Mapping[int, Decimal]) -> Interval:
    """Return the interval of the index that follows from rounded domain scores, by number.

    Each score is known to half a unit of its last printed digit and never below 1 or above 5. Raises
    InstrumentError for an instrument without domains, for missing or unknown domains, and scores outside 1 to 5.
    """
    faults = [] if instrument.domains else [f"{instrument.name.id} tidak memiliki domain"]
    numbers = {each.no for each in instrument.domains}
    faults += [f"domain {no} tidak ada pada {instrument.name.id}" for no in sorted(set(scores) - numbers)]
    faults += [f"domain {no} belum ada nilainya" for no in sorted(numbers - set(scores))]
    outside = [no for no in sorted(numbers & set(scores)) if not LOWEST <= scores[no] <= HIGHEST]
    faults += [f"domain {no}: nilai {_comma(scores[no])} di luar 1 sampai 5" for no in outside]
    if faults:
        raise InstrumentError(faults)
    return Interval(
        low=_weighted(instrument, lambda no: max(Fraction(scores[no]) - _half_step(scores[no]), Fraction(LOWEST))),
        middle=_weighted(instrument, lambda no: Fraction(scores[no])),
        high=_weighted(instrument, lambda no: min(Fraction(scores[no]) + _half_step(scores[no]), Fraction(HIGHEST))),
    )


def _weighted(instrument: Instrument, score: Callable[[int], Fraction]) -> Fraction:
    whole = sum((Fraction(each.weight) for each in instrument.domains), Fraction(0))
    return sum((Fraction(each.weight) * score(each.no) for each in instrument.domains), Fraction(0)) / whole


def _half_step(score: Decimal) -> Fraction:
    exponent = score.as_tuple().exponent
    return Fraction(10) ** int(exponent) / 2


def predicate(scheme: Scheme, index: Number) -> Text:
    """Return the predicate of an unrounded or published index; a cut belongs to the predicate above it."""
    return scheme.bands[band(scheme, index) - 1].label


def interval_predicate(scheme: Scheme, interval: Interval) -> Text | None:
    """Return the predicate where the whole interval has one; None near a cut."""
    lowest, highest = predicate(scheme, interval.low), predicate(scheme, interval.high)
    return lowest if lowest == highest else None


def predicate_contradiction(scheme: Scheme, published: str, index: Number) -> Contradiction | None:
    """Return the contradiction between a printed predicate and the one of the index, or None where they agree.

    A printed word agrees with a label's main part: "Baik" with "Baik (Berkembang/Developing)".
    """
    computed = predicate(scheme, index)
    if _main_part(published) in {_main_part(computed.id), _main_part(computed.en)}:
        return None
    shown = index if isinstance(index, Decimal | int) else Decimal(index.numerator) / Decimal(index.denominator)
    sentence = Text(
        id=f"Sumber mencetak “{published.strip()}”; menurut ambang, {_comma(shown)} adalah “{computed.id}”.",
        en=f"The source prints “{published.strip()}”; by the cuts, {shown} is “{computed.en}”.",
    )
    return Contradiction(published, computed, sentence)


def _main_part(label: str) -> str:
    return label.split("(")[0].strip().casefold()


def difference(now: tuple[Instrument, Number], before: tuple[Instrument, Number]) -> Fraction:
    """Return how far an index moved between two assessments by one instrument.

    Raises InstrumentError for two instruments: SPBE and Pemdi cannot be converted into one another.
    """
    if now[0].id != before[0].id:
        names = f"{before[0].name.id} dan {now[0].name.id}"
        raise InstrumentError([f"nilai {names} tidak dapat dibandingkan: tidak ada konversi resmi di antara keduanya"])
    return Fraction(now[1]) - Fraction(before[1])


def _comma(number: Level) -> str:
    return f"{number}".replace(".", ",")
