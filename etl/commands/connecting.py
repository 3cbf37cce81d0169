"""The command that walks the steward from a key to figures: connect."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from etl.commands.context import DONE, Command, CommandContext, UsageError, feed_named

if TYPE_CHECKING:
    from etl.catalogue.feeds import Feed
    from etl.connectors.base import Delivery, Span
    from etl.jobs.job_context import JobContext

YEARS, SHOWN = 5, 12
SECRETS = ("key", "token", "url")  # entries of a group that name an environment variable
KEEP = (
    "{name} hanya dipakai kali ini. Agar pemuatan data terjadwal dapat memakainya, tulis di lingkungan layanannya, "
    "misalnya Environment={name}=… pada systemd, atau export {name}=… sebelum make run; jangan di indicators.yaml."
)


def connect(context: CommandContext) -> int:
    """Hidupkan kiriman yang sudah disiapkan: kunci, isian, contoh hasil, lalu pemuatan data pertama."""
    from etl.catalogue.reading.feed_lines import fill_in, open_entries
    from etl.commands.running import exit_code
    from etl.connectors.base import Span
    from etl.jobs.loading.feed_run import run_feeds
    from etl.jobs.reports.run_report import run_lines

    catalogue, name = context.catalogue(), context.arguments.feed
    if name is None:
        print("\n".join(_waiting(context)))
        return DONE
    feed, path = feed_named(catalogue, name), context.settings.root / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    open_keys = open_entries(text, feed.id)
    context = _with_secrets(context, feed)
    entries: dict[str, object] = {}
    for each in open_keys:
        entries[each.key] = _variable(context, feed) if each.key == "var" else _ask(f"{each.key} ({each.hint}): ")
    feed = _filled(feed, entries)
    year = context.clock().year
    span = Span(year - YEARS + 1, year)
    job = context.job(catalogue)
    delivery = _fetch(job, feed, span)
    if part := _part(feed, delivery):
        entries["turvar"] = part
        feed = _filled(feed, entries)
    _show(job, feed, delivery)
    if _ask("Tulis ke indicators.yaml dan terima sekarang? [y/t]: ").casefold() not in ("y", "ya"):
        print("Tidak ada yang ditulis.")
        return DONE
    _write(
        context, fill_in(text, feed.id, {key: json.dumps(word) for key, word in entries.items()} | {"enabled": "true"})
    )
    catalogue = context.catalogue()
    reports = list(run_feeds(context.job(catalogue), [feed_named(catalogue, feed.id)], span))
    print("\n".join(run_lines(reports)))
    print(
        f"Kiriman {feed.id} hidup dan berjalan menurut jadwalnya. Lihat /indikator/{feed.defaults.get('indicator', '')}"
    )
    return exit_code(reports)


def _waiting(context: CommandContext) -> list[str]:
    from etl.catalogue.reading.feed_lines import open_entries
    from etl.jobs.reports.run_report import table

    text = (context.settings.root / "indicators.yaml").read_text(encoding="utf-8")
    idle = [each for each in context.catalogue().feeds if not each.enabled]
    rows = [(each.id, each.name.id, ", ".join(one.key for one in open_entries(text, each.id))) for each in idle]
    return [*table(("kiriman", "nama", "yang ditanyakan"), rows), "Hidupkan: python -m etl connect KIRIMAN"]


def _ask(question: str) -> str:
    try:
        answer = input(question).strip()
    except EOFError:
        answer = ""
    if not answer:
        raise UsageError("Tidak dijawab; tidak ada yang ditulis. Jalankan lagi bila isiannya sudah diketahui.")
    return answer


def _group(feed: Feed) -> dict[str, object]:
    from etl.jobs.connector_registry import CONNECTORS

    model = CONNECTORS[feed.connector].model
    return {} if model is None else model.model_validate(feed.configuration).model_dump()


def _filled(feed: Feed, entries: Mapping[str, object]) -> Feed:
    return feed.model_copy(update={"enabled": True, feed.connector: _group(feed) | dict(entries)})


def _with_secrets(context: CommandContext, feed: Feed) -> CommandContext:
    """Ask, without showing it, for each secret that the feed names and the environment lacks."""
    import getpass

    environ, group = dict(context.environ), _group(feed)
    for name in [str(group[each]) for each in SECRETS if group.get(each)]:
        if not environ.get(name, "").strip():
            environ[name] = getpass.getpass(f"Isi {name} (tidak tampil): ").strip()
            print(KEEP.format(name=name))
    return dataclasses.replace(context, environ=environ)


def _variable(context: CommandContext, feed: Feed) -> int:
    """Let the steward search the source's variables by words and choose one."""
    from etl.connectors.base import FetchError, UnreadableError
    from etl.connectors.bps.variables import list_variables, named
    from etl.connectors.bps_webapi import CONNECTOR
    from etl.connectors.web.address import redact
    from etl.connectors.web.http import open_web

    group = {key: str(word) for key, word in _group(feed).items()}
    key = context.environ.get(group["key"], "")
    print("Membaca daftar variabel …")
    try:
        with open_web(group["base"], secrets=[key], limits=CONNECTOR.limits, pace=CONNECTOR.pace) as web:
            variables = list_variables(web, group["base"], group["domain"], key, group["key"])
    except (FetchError, UnreadableError) as error:
        raise UsageError(redact(str(error), [key])) from None
    while True:
        words = _ask(f"{len(variables)} variabel di domain {group['domain']}. Kata pencarian, atau nomor: ")
        if words.isdigit() and int(words) in {each.number for each in variables}:
            return int(words)
        found = named(variables, words)
        for each in found[:40]:
            print(f"  {each.number:>6}  {each.title} ({each.unit or 'tanpa satuan'}; {each.subject})")
        print(f"{len(found)} variabel memuat “{words}”. Ketik nomornya, atau kata lain.")


def _fetch(job: JobContext, feed: Feed, span: Span) -> Delivery:
    """Fetch what the feed would load, without loading it; raises UsageError in the source's words."""
    from etl.connectors.base import FetchError
    from etl.jobs.connector_registry import CONNECTORS
    from etl.jobs.loading.feed_run import reach

    try:
        found = list(CONNECTORS[feed.connector].fetch(feed, reach(job, feed, span, 0)))
    except FetchError as error:
        raise UsageError(str(error)) from None
    if not found:
        raise UsageError("Sumber tidak memberi apa pun. Periksa isiannya.")
    return found[0]


def _part(feed: Feed, delivery: Delivery) -> list[str]:
    """Let the steward choose one of the parts that a variable of BPS is given in; empty where it has one."""
    if feed.connector != "bps_webapi" or _group(feed)["turvar"]:
        return []
    from etl.connectors.bps.bps_words import plain
    from etl.connectors.formats.json_text import read_json, split_pages

    documents = [read_json(page) for page in split_pages(delivery.content)]
    parts = {str(each["val"]): plain(each.get("label")) for one in documents for each in one.get("turvar") or ()}
    if len(parts) < 2:
        return []
    print("Variabel ini memuat beberapa rincian:", *(f"  {code}  {label}" for code, label in parts.items()), sep="\n")
    while (chosen := _ask("Rincian yang dimaksud indikatornya (nomor): ")) not in parts:
        print(f"“{chosen}” tidak ada dalam daftar.")
    return [chosen]


def _show(job: JobContext, feed: Feed, delivery: Delivery) -> None:
    """Show what would load and what would be returned."""
    from etl.jobs.loading.delivery_load import RefusedDeliveryError, refine_delivery
    from etl.jobs.reports.run_report import table
    from etl.sheets.categorical import plain

    try:
        refined = refine_delivery(job, feed, delivery)
    except RefusedDeliveryError as error:
        raise UsageError(f"Contoh tidak dapat dibaca: {error}") from None
    names = ["indicator", "series", "region", "period", "value", "unit"]
    frame = plain(refined.accepted)[names]
    print("\n".join(table(names, frame.head(SHOWN).itertuples(index=False, name=None))))
    back = refined.findings[refined.findings["severity"].eq("refused")]
    print(f"Dibaca {refined.rows_read} baris: {len(frame)} akan diterima, {len(back)} dikembalikan.")
    for sentence in back["sentence"].drop_duplicates().head(SHOWN // 2):
        print(f"  - {sentence}")


def _write(context: CommandContext, text: str) -> None:
    """Write the catalogue's file where the whole is sound with it; else leave it as it was."""
    from etl.catalogue.reading.problem import CatalogueErrors

    path = context.settings.root / "indicators.yaml"
    before = path.read_bytes()
    path.write_text(text, encoding="utf-8")
    try:
        context.catalogue()
    except CatalogueErrors:
        path.write_bytes(before)
        raise


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feed", metavar="KIRIMAN", nargs="?", help="id kiriman; tanpa ini daftar yang belum hidup")


COMMANDS = {"connect": Command(connect, _declare)}
