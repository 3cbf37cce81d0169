"""What connect asks the steward: secrets, open entries, and which of a source's parts and columns are meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from etl.commands.context import UsageError

if TYPE_CHECKING:
    from etl.catalogue.feeds import Feed
    from etl.connectors.base import Delivery

SECRETS = ("key", "token", "url", "proxy_login", "user", "password")  # entries that name an environment variable
FIRST_ROWS = 30  # in which the head of a table stands
WORDS = {"region": "wilayah", "period": "periode", "value": "nilai", "unit": "satuan"}
KEEP = (
    "Belum dapat berjalan sendiri: {name} tadi hanya dipakai sekali. Minta pengelola server menulisnya di lingkungan "
    "layanan (Environment={name}=… pada systemd, atau export {name}=… sebelum make run); jangan di indicators.yaml."
)


def ask(question: str) -> str:
    """Return what the steward types; raises UsageError for nothing."""
    try:
        answer = input(question).strip()
    except EOFError:
        answer = ""
    if not answer:
        raise UsageError("Tidak dijawab; tidak ada yang ditulis. Jalankan lagi bila isiannya sudah diketahui.")
    return answer


def with_secrets(group: Mapping[str, Any], environ: Mapping[str, str]) -> dict[str, str]:
    """Ask, without showing it, for each secret that a feed's group names and the environment lacks."""
    held = dict(environ)
    for name in _secrets(group):
        if not held.get(name, "").strip():
            held[name] = _ask_secret(name)
    return held


def _ask_secret(name: str) -> str:
    import getpass
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            answer = getpass.getpass(f"Isi {name} (tidak tampil): ").strip()
    except (EOFError, getpass.GetPassWarning):
        said = f"{name} hanya dapat diketik di terminal. Isi di lingkungannya lebih dahulu: export {name}=…"
        raise UsageError(said) from None
    if not answer:
        raise UsageError(f"{name} belum diisi; tidak ada yang ditulis.")
    return answer


def _secrets(group: Mapping[str, Any]) -> Iterator[str]:
    for each, word in group.items():
        if isinstance(word, Mapping):  # signin
            yield from _secrets(word)
        elif each in SECRETS and word:
            yield str(word)


def choose_part(feed: Feed, delivery: Delivery) -> list[str]:
    """Let the steward choose one of the parts that a variable of BPS is given in; empty where it has one."""
    if feed.connector != "bps_webapi" or feed.configuration["turvar"]:
        return []
    from etl.connectors.bps.bps_words import plain
    from etl.connectors.formats.json_text import read_json, split_pages

    documents = [read_json(page) for page in split_pages(delivery.content)]
    parts = {str(each["val"]): plain(each.get("label")) for one in documents for each in one.get("turvar") or ()}
    if len(parts) < 2:
        return []
    print("Variabel ini memuat beberapa rincian:", *(f"  {code}  {label}" for code, label in parts.items()), sep="\n")
    while (chosen := ask("Rincian yang dimaksud indikatornya (nomor): ")) not in parts:
        print(f"“{chosen}” tidak ada dalam daftar.")
    return [chosen]


def choose_columns(feed: Feed, delivery: Delivery) -> dict[str, str]:
    """Let the steward say which of the source's columns are the feed's, where its words are none of them; else empty.

    Raises UsageError where the delivery cannot be read.
    """
    from etl.catalogue.names import fold_name
    from etl.connectors.base import UnreadableError
    from etl.jobs.connector_registry import CONNECTORS

    connector = CONNECTORS[feed.connector]
    try:
        sheets = [] if connector.own_columns or feed.layout else list(connector.read(delivery, feed))
    except UnreadableError as error:
        raise UsageError(f"Contoh tidak dapat dibaca: {error}") from None
    if not sheets or sheets[0].cells.empty:
        return {}
    first = sheets[0].cells.head(FIRST_ROWS).fillna("").astype(str)
    seen = {fold_name(each) for each in first.to_numpy().ravel()}
    heads = max(([each for each in row if each] for row in first.to_numpy().tolist()), key=len)  # a title has one cell
    lacking = {field: head for field, head in feed.columns.items() if fold_name(head) not in seen}
    return {**feed.columns, **_columns_for(lacking, heads)} if lacking else {}


def _columns_for(lacking: Mapping[str, str], heads: list[str]) -> dict[str, str]:
    print(f"Kolom sumbernya: {', '.join(heads)}")
    chosen = {}
    for field, head in lacking.items():
        while (answer := ask(f"Kolom “{head}” tidak ada. Kolom untuk {WORDS.get(field, field)}: ")) not in heads:
            print(f"“{answer}” tidak ada dalam daftar; tulis persis seperti tercetak.")
        chosen[field] = answer
    return chosen
