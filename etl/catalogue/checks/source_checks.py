"""Checks of JSON sources: what is mapped is declared, and pages can go on."""

from __future__ import annotations

from collections.abc import Iterator

from etl.catalogue.checks.parts import Check, Fault, Parts, unknown
from etl.catalogue.feeds import Feed


def json_columns_declared(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Where fields are declared, columns and skip speak of them alone: another key could change its meaning unseen."""
    if feed.http_json is None or not feed.http_json.fields:
        return
    declared = tuple(feed.http_json.fields)
    for field, header in feed.columns.items():
        yield from unknown(("columns", field), header, declared)
    for header in feed.http_json.skip:
        yield from unknown(("http_json", "skip", header), header, declared)


def json_pages_go_on(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Pages by link need the place of the link."""
    if feed.http_json is not None and feed.http_json.paging.style == "link" and feed.http_json.paging.more is None:
        yield Fault(
            ("http_json", "paging", "more"),
            None,
            (),
            "Tambahkan letak alamat halaman berikutnya, misalnya links.next atau next_page_url.",
        )


def bps_codes_declared(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """The column of BPS codes is read as such, and as nothing else."""
    if feed.columns.get("region") == "wilayah_bps" and feed.region_codes != "bps":
        yield Fault(("region_codes",), feed.region_codes, ("bps",), "Kolom wilayah_bps memuat kode BPS.")


def parts_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """The indicators that accounts and columns of a source stand for exist."""
    for group, name, mapped in (
        ("djpk_apbd", "akun", feed.djpk_apbd.akun if feed.djpk_apbd else {}),
        ("bps_simdasi", "variabel", feed.bps_simdasi.variabel if feed.bps_simdasi else {}),
    ):
        for each, indicator in mapped.items():
            yield from unknown((group, name, each), indicator, tuple(parts.indicator))


SOURCE_CHECKS: tuple[Check, ...] = (bps_codes_declared, parts_known, json_columns_declared, json_pages_go_on)
