"""The command that walks the steward from a key to figures: connect."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from etl.commands.connect_answers import KEEP, ask, choose_columns, choose_part, with_secrets
from etl.commands.connect_preview import fetch_sample, show_sample
from etl.commands.connect_search import choose_resource, choose_variable
from etl.commands.context import DONE, Command, CommandContext, feed_named

if TYPE_CHECKING:
    from etl.catalogue.feeds import Feed
    from etl.catalogue.models import Catalogue
    from etl.connectors.base import Reach, Span
    from etl.jobs.job_context import JobContext

YEARS = 5
SEARCHES: dict[tuple[str, str], Callable[[Feed, Reach], object]] = {  # entries that the source itself can list
    ("bps_webapi", "var"): choose_variable,
    ("ckan", "resource"): choose_resource,
}


def connect(context: CommandContext) -> int:
    """Hidupkan kiriman yang sudah disiapkan: kunci, isian, contoh hasil, lalu pemuatan data pertama."""
    from etl.catalogue.reading.feed_lines import fill_in
    from etl.connectors.base import Span

    if context.arguments.feed is None:
        print("\n".join(_waiting(context)))
        return DONE
    catalogue, text = context.catalogue(), _document(context)
    feed = feed_named(catalogue, context.arguments.feed)
    if feed.enabled:
        print(f"Kiriman {feed.id} sudah hidup; tidak ada yang perlu diisi. Muat: python -m etl run {feed.id}")
        return DONE
    environ = with_secrets(_group(feed), context.environ)
    typed = [name for name in environ if environ[name] != context.environ.get(name)]
    context = dataclasses.replace(context, environ=environ)
    year = context.clock().year
    span = Span(year - YEARS + 1, year)
    entries = _answers(context.job(catalogue), feed, text, span)
    if ask("Tulis ke indicators.yaml dan muat sekarang? [y/t]: ").casefold() not in ("y", "ya"):
        print("Tidak ada yang ditulis.")
        return DONE
    written = {key: json.dumps(word, ensure_ascii=False) for key, word in entries.items()} | {"enabled": "true"}
    catalogue = _write(context, fill_in(text, feed.id, written))
    return _load(context.job(catalogue), catalogue.feed[feed.id], span, typed)


def _answers(job: JobContext, feed: Feed, text: str, span: Span) -> dict[str, object]:
    """Ask for what the feed leaves open, and show what would come of it."""
    from etl.catalogue.reading.feed_lines import open_entries
    from etl.jobs.loading.feed_run import reach

    way = reach(job, feed, span, 0)
    entries: dict[str, object] = {}
    for each in open_entries(text, feed.id):
        search = SEARCHES.get((feed.connector, each.key))
        entries[each.key] = search(_filled(feed, entries), way) if search else ask(f"{each.key} ({each.hint}): ")
    filled = _filled(feed, entries)
    delivery = fetch_sample(filled, way)
    entries |= {"turvar": part} if (part := choose_part(filled, delivery)) else {}
    entries |= {"columns": columns} if (columns := choose_columns(filled, delivery)) else {}
    filled = _filled(feed, entries)
    show_sample(job, filled, delivery)
    return entries


def _load(job: JobContext, feed: Feed, span: Span, typed: list[str]) -> int:
    """Load the feed that was switched on; `typed` are the secrets that the scheduler does not have yet."""
    from etl.commands.running import exit_code
    from etl.jobs.loading.feed_run import run_feeds
    from etl.jobs.reports.run_report import run_lines

    reports = list(run_feeds(job, [feed], span))
    print("\n".join(run_lines(reports)))
    filled = sorted({feed.defaults.get("indicator", ""), *_group(feed).get("akun", {}).values()} - {""})
    shown = ", ".join(f"/indikator/{each}" for each in filled)
    print(f"Kiriman {feed.id} hidup. Lihat {shown}")
    print("\n".join(KEEP.format(name=name) for name in typed) or "Penjadwal memuatnya menurut jadwalnya.")
    return exit_code(reports)


def _waiting(context: CommandContext) -> list[str]:
    from etl.catalogue.reading.feed_lines import open_entries
    from etl.jobs.reports.run_report import table

    text = _document(context)
    idle = [each for each in context.catalogue().feeds if not each.enabled]
    rows = [(each.id, each.name.id, ", ".join(one.key for one in open_entries(text, each.id))) for each in idle]
    return [*table(("kiriman", "nama", "yang ditanyakan"), rows), "Hidupkan: python -m etl connect KIRIMAN"]


def _group(feed: Feed) -> dict[str, Any]:
    from etl.jobs.connector_registry import CONNECTORS

    model = CONNECTORS[feed.connector].model
    return {} if model is None else model.model_validate(feed.configuration).model_dump()


def _filled(feed: Feed, entries: Mapping[str, object]) -> Feed:
    group = {key: word for key, word in entries.items() if key != "columns"}
    columns = entries.get("columns", feed.columns)
    return feed.model_copy(update={"enabled": True, "columns": columns, feed.connector: _group(feed) | group})


def _document(context: CommandContext) -> str:
    return (context.settings.root / "indicators.yaml").read_text(encoding="utf-8")


def _write(context: CommandContext, text: str) -> Catalogue:
    """Write the catalogue's file and return what it says; where it is not sound, leave it as it was and say why."""
    from etl.catalogue.reading.problem import CatalogueErrors

    path = context.settings.root / "indicators.yaml"
    before = path.read_bytes()
    path.write_text(text, encoding="utf-8")
    try:
        return context.catalogue()
    except CatalogueErrors:
        path.write_bytes(before)
        raise


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feed", metavar="KIRIMAN", nargs="?", help="id kiriman; tanpa ini daftar yang belum hidup")


COMMANDS = {"connect": Command(connect, _declare)}
