"""What one observation is worth: its achievement where a target is due, else its place, else nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from etl.catalogue.models import Catalogue, Indicator
from etl.measures.achievement import achievement, band, category_place, clamp, place
from etl.measures.effective_targets import EffectiveTarget, due_target
from etl.measures.observation import Absence, Basis, Observation

SCORE_SCHEME = "capaian"


@dataclass(frozen=True, slots=True)
class Valuation:
    """An exact score with its basis, or the absence that says why there is none."""

    raw: Fraction | None
    basis: Basis | None
    absence: Absence | None
    target: EffectiveTarget | None

    @property
    def score(self) -> Fraction | None:
        """The raw value clamped to 0 and 100."""
        return None if self.raw is None else clamp(self.raw)


def valuate(catalogue: Catalogue, observation: Observation, fed: Iterable[Observation]) -> Valuation:
    """Score one realisation: a due target decides alone, else the reference points, else the category's place.

    Absence is `no_basis` where the rule gives no figure (target 0, unknown category, direction none), `no_target`
    where the catalogue declares nothing but targets and none is due.
    """
    indicator = catalogue.indicator[observation.indicator]
    value = observation.category if observation.value is None else observation.value
    target = due_target(catalogue, indicator, observation, fed)
    if value is None:
        return Valuation(None, None, "no_data", target)
    if target:
        return _valuation(achievement(indicator, value, target.value), "target", target)
    raw, basis = _standing(indicator, value)
    if basis is None and indicator.direction != "none":
        return Valuation(None, None, "no_target", None)
    return _valuation(raw, basis, None)


def _standing(indicator: Indicator, value: Decimal | str) -> tuple[Fraction | None, Basis | None]:
    reference = indicator.score.reference if indicator.score else None
    categories = indicator.score.categories if indicator.score else None
    if reference and isinstance(value, Decimal):
        return place(reference, indicator.direction, value), "reference"
    if categories and isinstance(value, str):
        return category_place(categories.order, value), "categories"
    return None, "reference" if reference else "categories" if categories else None


def _valuation(raw: Fraction | None, basis: Basis | None, target: EffectiveTarget | None) -> Valuation:
    if raw is None:
        return Valuation(None, None, "no_basis", target)
    return Valuation(raw, basis, None, target)


def value_band(catalogue: Catalogue, observation: Observation, fed: Iterable[Observation]) -> int | str | None:
    """Return the band of an observation's score, else of its value in the indicator's own scheme, else its category.

    None where nothing sorts the value into bands.
    """
    if (raw := valuate(catalogue, observation, fed).raw) is not None:
        return band(catalogue.scheme[SCORE_SCHEME], raw)
    scheme = catalogue.indicator[observation.indicator].scheme
    if scheme and observation.value is not None:
        return band(catalogue.scheme[scheme], observation.value)
    return observation.category.casefold() if observation.category is not None else None
