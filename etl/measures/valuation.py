"""What one observation is worth: its achievement where its own target is due; and its place, which no target moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from etl.catalogue.models import Catalogue, Indicator
from etl.measures.achievement import achievement, band, category_place, clamp, place
from etl.measures.effective_targets import EffectiveTarget, due_target
from etl.measures.observation import Absence, Basis, Observation

ACHIEVEMENT_SCHEME, POSITION_SCHEME = "capaian", "posisi"


@dataclass(frozen=True, slots=True)
class Valuation:
    """An exact worth with its basis, or the absence that says why there is none."""

    raw: Fraction | None
    basis: Basis | None
    absence: Absence | None
    target: EffectiveTarget | None

    @property
    def score(self) -> Fraction | None:
        """The raw value clamped to 0 and 100."""
        return None if self.raw is None else clamp(self.raw)


def valuate(catalogue: Catalogue, observation: Observation, fed: Iterable[Observation]) -> Valuation:
    """Return the achievement of a realisation against the target of its own region, series and period.

    A target of the nation or the province is named, but gives a distance, never an achievement (`no_basis`).
    """
    indicator = catalogue.indicator[observation.indicator]
    value = observation.category if observation.value is None else observation.value
    target = due_target(catalogue, indicator, observation, fed)
    if value is None or target is None:
        return Valuation(None, None, "no_data" if value is None else "no_target", target)
    raw = None if target.lent else achievement(indicator, value, target.value)
    return Valuation(raw, None if raw is None else "target", "no_basis" if raw is None else None, target)


def locate(indicator: Indicator, value: Decimal | str | None) -> Valuation:
    """Return where a value lies between the indicator's reference points, or in its order of categories.

    `no_basis` where no sourced point is declared, or the category is unknown.
    """
    if value is None:
        return Valuation(None, None, "no_data", None)
    reference = indicator.score.reference if indicator.score else None
    categories = indicator.score.categories if indicator.score else None
    raw, basis = None, None
    if reference and isinstance(value, Decimal):
        raw, basis = place(reference, indicator.direction, value), "reference"
    elif categories and isinstance(value, str):
        raw, basis = category_place(categories.order, value), "categories"
    if raw is None:
        return Valuation(None, None, "no_basis", None)
    return Valuation(raw, "reference" if basis == "reference" else "categories", None, None)


def value_band(catalogue: Catalogue, observation: Observation, fed: Iterable[Observation]) -> int | str | None:
    """Return the band of an observation's achievement, else of its value in the indicator's scheme, else its category.

    None where nothing sorts the value into bands.
    """
    if (raw := valuate(catalogue, observation, fed).raw) is not None:
        return band(catalogue.scheme[ACHIEVEMENT_SCHEME], raw)
    scheme = catalogue.indicator[observation.indicator].scheme
    if scheme and observation.value is not None:
        return band(catalogue.scheme[scheme], observation.value)
    return observation.category.casefold() if observation.category is not None else None


def step(catalogue: Catalogue, observation: Observation) -> int | None:
    """Return which of the five steps between its reference points a value stands on; None without a place."""
    raw = locate(catalogue.indicator[observation.indicator], placed_value(observation)).raw
    scheme = catalogue.scheme.get(POSITION_SCHEME)  # none in what was stored before positions
    return None if raw is None or scheme is None else band(scheme, raw)


def placed_value(observation: Observation) -> Decimal | str | None:
    """Return what an observation is placed by: its value, else its category."""
    return observation.category if observation.value is None else observation.value
