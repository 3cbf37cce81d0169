"""Checks of feeds: known fields, known defaults, a path that stays inside, a schedule that can be kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import get_args

from etl.catalogue.checks.indicator_checks import period_fault
from etl.catalogue.checks.layout_checks import LAYOUT_CHECKS
from etl.catalogue.checks.parts import Check, Fault, Parts, refers, unknown, unknown_region
from etl.catalogue.cron import cron_fault
from etl.catalogue.feeds import FEED_FIELDS, Feed, Frequency
from etl.catalogue.reading.partial import guarded
from etl.catalogue.record_kinds import RECORDS
from etl.catalogue.reference import Kind, Status
from etl.catalogue.units import unit_factor


def fields_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Columns and defaults fill fields that exist."""
    allowed = FEED_FIELDS if feed.records is None else tuple(field.name for field in RECORDS[feed.records])
    for part in ("columns", "defaults"):
        for name in getattr(feed, part):
            yield from unknown((part, name), name, allowed)


def fields_complete(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Every row tells what it measures, where, when, how much and in which unit; none of it is guessed."""
    given = {*feed.columns, *feed.defaults, *(feed.layout.fields if feed.layout else ())}
    given |= {"unit"} if feed.units else set()
    if feed.records is not None:
        for field in RECORDS[feed.records]:
            if field.required and field.name not in given:
                yield Fault(("columns", field.name), None, (), f'Tambahkan "{field.name}: judul kolom pada berkas".')
        return
    for name in ("region", "period", "value", "unit"):
        if name not in given:
            remedy = f'Tambahkan "{name}: judul kolom pada berkas", atau isinya pada defaults.'
            yield Fault(("columns", name), None, (), remedy)
    if not given & {"indicator", "name"}:
        yield Fault(("columns", "indicator"), None, (), "Tambahkan indicator pada columns atau defaults.")


def defaults_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Default values are words of the catalogue."""
    tables = {
        "indicator": tuple(parts.indicator),
        "producer": tuple(parts.producer),
        "publication": tuple(parts.publication),
        "plan": tuple(parts.plan),
        "name": tuple(parts.names),
        "kind": get_args(Kind),
        "status": get_args(Status),
    }
    for field, word in feed.defaults.items():
        if field == "region":
            yield from unknown_region(("defaults", field), word, parts)
        elif field in tables:
            yield from unknown(("defaults", field), word, tables[field])


def units_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """The unit of each indicator is one that can be converted into its own."""
    for id_, unit in feed.units.items():
        yield from unknown(("units", id_), id_, tuple(parts.indicator))
        if id_ in parts.indicator and unit_factor(parts.indicator[id_], unit) is None:
            yield Fault(("units", id_), unit, (parts.indicator[id_].unit, *parts.indicator[id_].units))


def default_series_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """A default series is one of the default indicator's."""
    indicator, series = feed.defaults.get("indicator"), feed.defaults.get("series")
    if series and indicator in parts.indicator:
        yield from unknown(("defaults", "series"), series, parts.series_of(str(indicator)))


def default_period_sound(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """A default period is canonical."""
    if "period" in feed.defaults:
        yield from period_fault(("defaults", "period"), feed.defaults["period"])


def own_region_named(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """A feed that reads only its own region says which that is."""
    if feed.regions == "own" and feed.region is None:
        yield Fault(("regions",), "own", (), "Tambahkan region: kode wilayah pengirim, misalnya 64.01.")


def path_stays_inside(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """A feed reads only files of the project, by a pattern that can be searched for."""
    if feed.path is None:
        return
    path = PurePosixPath(str(feed.path))
    outside = path.is_absolute() or ".." in path.parts or PureWindowsPath(feed.path).drive or "\\" in feed.path
    if outside or not path.parts or any("**" in part and part != "**" for part in path.parts):
        yield Fault(("path",), feed.path, ("jalur di dalam proyek, misalnya data/inbox/*.xlsx",))


def source_declared(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """A feed tells where it comes from in the group that bears its connector's name, and in no other."""
    wanted = feed.connector if parts.connectors[feed.connector].model else "path"
    if getattr(feed, wanted) is None:
        yield Fault((wanted,), None, (), f"Tambahkan {wanted}: asal kiriman dengan connector {feed.connector}.")
    for name in ("path", *parts.connectors):
        if name != wanted and getattr(feed, name, None) is not None:
            yield Fault((name,), name, (wanted,), f"Hapus kunci ini, atau ubah connector ({feed.connector}).")


def configuration_sound(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """What a feed's connector wants of its group holds beside the rest of the feed."""
    checks = parts.connectors[feed.connector].checks
    if feed.configuration is not None:
        for check in checks:
            yield from guarded(check(feed, parts))


def bps_codes_declared(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """The column of BPS codes is read as such, and as nothing else."""
    if feed.columns.get("region") == "wilayah_bps" and feed.region_codes != "bps":
        yield Fault(("region_codes",), feed.region_codes, ("bps",), "Kolom wilayah_bps memuat kode BPS.")


def schedule_is_sound(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """A schedule has five fields with weekdays by name."""
    if feed.schedule is not None and (fault := cron_fault(feed.schedule)):
        yield Fault(("schedule",), feed.schedule, ("0 6 * * mon (menit jam tanggal bulan hari)",), f"Keliru: {fault}.")


def indicators_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """The indicators that a feed owes exist."""
    for place, each in enumerate(feed.indicators):
        yield from unknown(("indicators", place), each, tuple(parts.indicator))


def promise_is_whole(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """A day by which a feed is due needs periods that it is due for."""
    if feed.due is not None and feed.frequency is None:
        yield Fault(("frequency",), None, get_args(Frequency), "Tambahkan frequency, atau hapus due.")
    if feed.since is not None:
        yield from period_fault(("since",), feed.since)


FEED_CHECKS: tuple[Check, ...] = (
    *LAYOUT_CHECKS,
    bps_codes_declared,
    configuration_sound,
    promise_is_whole,
    refers("region", "region"),
    indicators_known,
    refers("owner", "urusan"),
    fields_known,
    fields_complete,
    defaults_known,
    units_known,
    default_series_known,
    default_period_sound,
    source_declared,
    own_region_named,
    path_stays_inside,
    schedule_is_sound,
)
