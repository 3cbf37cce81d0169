"""Series that a reference list names: the indicators of an instrument, the services of the regencies."""

from __future__ import annotations

from collections.abc import Sequence

from etl.catalogue.indicator_parts import Series
from etl.catalogue.models import Indicator
from etl.catalogue.reading.partial import UndeterminedError
from etl.catalogue.reference import Instrument, Service, Text

SERVICES = "services"


def fill_series(
    indicators: Sequence[Indicator], instruments: Sequence[Instrument], services: Sequence[Service]
) -> tuple[Indicator, ...]:
    """Give each indicator with `series_from` the series of that list; unknown lists and faulty entries stay as read."""
    return tuple(_filled(each, instruments, services) for each in indicators)


def list_names(instruments: Sequence[Instrument]) -> tuple[str, ...]:
    """Name the lists that series may come from."""
    return (*(each.id for each in instruments), SERVICES)


def _filled(indicator: Indicator, instruments: Sequence[Instrument], services: Sequence[Service]) -> Indicator:
    try:
        wanted = indicator.series_from
        known = wanted is not None and wanted in list_names(instruments)
        return indicator.model_copy(update={"series": _series(wanted, instruments, services)}) if known else indicator
    except UndeterminedError:
        return indicator


def _series(wanted: str | None, instruments: Sequence[Instrument], services: Sequence[Service]) -> tuple[Series, ...]:
    if wanted == SERVICES:
        return tuple(Series(id=each.id, name=Text(id=each.name, en=each.name)) for each in services if each.id)
    [instrument] = [each for each in instruments if each.id == wanted]
    named = [(f"i{each.no:02d}", f"{each.no}. {each.name}") for each in instrument.indicators]
    return tuple(Series(id=code, name=Text(id=name, en=name)) for code, name in named)
