"""The catalogue's entries as rows of the API: indicators, regions, offices, instruments, feeds."""

from __future__ import annotations

from dashboard.api.rows import Row, text_row
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Indicator, Office, Score
from etl.catalogue.planning import Target
from etl.catalogue.reference import Instrument, Region, Scheme


def indicator_row(each: Indicator, catalogue: Catalogue) -> Row:
    """Return what an indicator means, how it is scored and its declared targets."""
    homes = {sub.id: dimension.id for dimension in catalogue.dimensions for sub in dimension.subdimensions}
    return {
        "id": each.id,
        "name": text_row(each.name),
        "short": text_row(each.short),
        "definition": text_row(each.definition),
        "dimension": homes.get(each.subdimension) if each.subdimension else None,
        "subdimension": each.subdimension,
        "unit": each.unit,
        "decimals": each.decimals,
        "direction": each.direction,
        "additive": each.additive,
        "cumulative": each.cumulative,
        "frequency": each.frequency,
        "month": each.month,
        "release_months_after": each.release.months_after if each.release else None,
        "producer": each.producer,
        "urusan": each.urusan,
        "series": [
            {"id": one.id, "name": text_row(one.name), "breaks": list(one.breaks)} for one in each.series
        ],
        "default_series": each.default_series,
        "role": each.role,
        "weight": each.weight,
        "score": _score_row(each.score),
        "scheme": each.scheme,
        "max_age": each.max_age,
        "tolerance": each.tolerance,
        "kode_referensi": each.kode_referensi,
        "misi": list(each.misi),
        "provenance": each.provenance,
        "targets": [_target_row(target) for target in each.targets],
    }  # fmt: skip


def _score_row(score: Score | None) -> Row | None:
    if score is None:
        return None
    reference, categories = score.reference, score.categories
    return {
        "series": score.series,
        "reference": None if reference is None else {
            "worst": reference.worst, "best": reference.best,
            "base": reference.base, "scope": reference.scope, "source": reference.source,
        },
        "categories": None if categories is None else {
            "order": list(categories.order), "source": categories.source,
        },
    }  # fmt: skip


def _target_row(each: Target) -> Row:
    number = not isinstance(each.value, str)
    return {
        "region": each.region,
        "period": each.period,
        "value": each.value if number else None,
        "category": None if number else each.value,
        "plan": each.plan,
        "series": each.series,
        "source": each.source,
        "page": each.page,
        "applies_below": each.applies_below,
        "note": each.note,
    }


def region_row(each: Region) -> Row:
    """Return a region or subject with its codes, centroid and size."""
    return {
        "code": each.code,
        "parent": each.parent,
        "level": each.level,
        "name": each.name,
        "short": each.short,
        "bps_code": each.bps_code,
        "lat": each.lat,
        "lng": each.lng,
        "area_km2": each.area_km2,
        "population": each.population,
        "capital": each.capital,
        "source": each.source,
    }


def office_row(each: Office, catalogue: Catalogue) -> Row:
    """Return a Perangkat Daerah with the urusan it runs in its region."""
    runs = [urusan.id for urusan in catalogue.urusan if urusan.offices.get(each.region) == each.id]
    return {
        "region": each.region,
        "id": each.id,
        "name": each.name,
        "short": each.short,
        "aliases": list(each.aliases),
        "urusan": runs,
        "provenance": each.provenance,
    }


def instrument_row(each: Instrument, schemes: dict[str, Scheme]) -> Row:
    """Return an assessment with its weights in percent and its predicates."""
    return {
        "id": each.id,
        "indicator": each.indicator,
        "name": text_row(each.name),
        "basis": each.basis,
        "first_year": each.first_year,
        "last_year": each.last_year,
        "domains": [{"no": one.no, "name": one.name, "weight": one.weight} for one in each.domains],
        "aspects": [
            {"no": one.no, "name": one.name, "weight": one.weight, "domain": one.domain} for one in each.aspects
        ],
        "indicators": [
            {"no": one.no, "name": one.name, "aspect": one.aspect, "weight": one.weight, "gated": one.gated}
            for one in each.indicators
        ],
        "predicates": [
            {"label": text_row(band.label), "low": band.low, "high": band.high}
            for band in (schemes[each.scheme].bands if each.scheme in schemes else ())
        ],
    }


def feed_row(each: Feed) -> Row:
    """Return a feed's declaration; its status is added by the caller."""
    return {
        "id": each.id,
        "name": text_row(each.name),
        "connector": each.connector,
        "schedule": each.schedule,
        "frequency": each.frequency,
        "owner": each.owner,
    }
