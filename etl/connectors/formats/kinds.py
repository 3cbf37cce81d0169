"""What a file is, told by its bytes: `.xls` may be HTML, `.csv` may be XML. Each kind has its reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from etl.connectors.base import MOST_TEXT_BYTES, UnreadableError
from etl.connectors.formats.archive import open_archive, part
from etl.connectors.formats.delimited import ADVICE, read_delimited
from etl.connectors.formats.html_table import read_html
from etl.connectors.formats.json_rows import own_columns, row_places, rows_at, to_sheet
from etl.connectors.formats.json_text import read_json
from etl.connectors.formats.ods import read_ods
from etl.connectors.formats.spreadsheetml import read_spreadsheetml
from etl.connectors.formats.workbook import read_workbook
from etl.connectors.formats.xls import is_xls, read_xls
from etl.sheets.sheet import Sheet

MOST_BYTES = 100_000_000  # of a file as sent
MOST_PAGE_BYTES = 30_000_000  # of HTML and JSON, which stand in memory whole
HEAD = 4096
JSON = re.compile(r"\s*(?:\{\s*\"|\[\s*[{\]])")
SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"
OPENDOCUMENT = "urn:oasis:names:tc:opendocument"
HTML = re.compile(r"<(?:!doctype\s+html|html|table|tr|head|body|meta|style|center|div|title|script)\b")
READERS: dict[str, Callable[[bytes], Iterable[Sheet]]] = {
    **{"xlsx": read_workbook, "ods": read_ods, "fods": read_ods, "xls": read_xls},
    **{"xml": read_spreadsheetml, "html": read_html, "csv": read_delimited},
}
FOREIGN = {
    "pdf": f"Berkas ini PDF; angka di dalamnya tidak dapat dibaca dengan pasti. {ADVICE}",
    "mhtml": f"Berkas ini halaman web satu berkas (MHTML) dari Excel. Buka di Excel. {ADVICE}",
    "rtf": f"Berkas ini dokumen teks (RTF), bukan tabel. {ADVICE}",
    "image": f"Berkas ini gambar; angka di dalamnya tidak dapat dibaca dengan pasti. {ADVICE}",
    "markup": f"Berkas ini XML yang tidak dikenal, bukan lembar kerja. {ADVICE}",
    "zip": f"Berkas ini arsip, bukan lembar kerja XLSX atau ODS. Keluarkan isinya dulu. {ADVICE}",
}
STARTS = {
    **{b"%PDF": "pdf", b"MIME-Version:": "mhtml", b"{\\rtf": "rtf", b"\x89PNG": "image", b"\xff\xd8\xff": "image"},
    **{b"GIF8": "image", b"Rar!": "zip", b"7z\xbc\xaf": "zip", b"\x1f\x8b": "zip"},
}


def read_bytes(content: bytes, rows: str | None = None) -> Iterable[Sheet]:
    """Turn the bytes of a file into sheets by what they are; an empty file has none. Raises UnreadableError.

    `rows` is the dotted place of the list of rows in a JSON file.
    """
    kind = extension(content)
    most = {"csv": MOST_TEXT_BYTES, "html": MOST_PAGE_BYTES, "json": MOST_PAGE_BYTES}.get(kind, MOST_BYTES)
    if len(content) > most:
        raise UnreadableError(f"Berkas terlalu besar: {len(content) // 1_000_000} MB. Bagi menjadi beberapa berkas.")
    if kind in FOREIGN:
        raise UnreadableError(FOREIGN[kind])
    return _read_json(content, rows) if kind == "json" else READERS[kind](content)


def extension(content: bytes) -> str:
    """Name the kind of a file by its bytes, as an extension without dot; `csv` where nothing else is recognised."""
    if content.startswith(b"PK\x03\x04"):
        return _archived(content)
    if is_xls(content):
        return "xls"
    body = content[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, kind in STARTS.items():
        if body.startswith(start):
            return kind
    return _texted(_head(content))


def _archived(content: bytes) -> str:
    try:
        archive = open_archive(content)
    except UnreadableError:
        return "xlsx"  # its reader says what is wrong
    if b"opendocument.spreadsheet" in part(archive, "mimetype"):
        return "ods"
    names = archive.namelist()
    if "content.xml" in names and b"office:spreadsheet" in part(archive, "content.xml"):
        return "ods"
    return "xlsx" if "[Content_Types].xml" in names else "zip"


def _head(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return content[:HEAD].decode(encoding, errors="replace").lstrip("\ufeff \t\r\n\xa0")


def _texted(head: str) -> str:
    lowered = head.casefold()
    if not lowered.startswith("<"):
        if JSON.match(head):
            return "json"
        return "html" if re.search(r"<table[\s>]", lowered) else "csv"
    if lowered.startswith("<?xml") or not HTML.search(lowered):
        if re.search(rf"<(?:\w+:)?workbook\b[^>]*{SPREADSHEETML}", lowered, re.DOTALL):
            return "xml"
        if re.search(rf"<office:document\b[^>]*{OPENDOCUMENT}", lowered, re.DOTALL):
            return "fods"
    return "html" if HTML.search(lowered) else "markup"


def _read_json(content: bytes, declared: str | None) -> list[Sheet]:
    document = read_json(content)
    if declared is None and isinstance(document, dict) and not {"rows", "data"} & document.keys():
        raise UnreadableError(_where_are_rows(document))
    usual = ("rows" if "rows" in document else "data") if isinstance(document, dict) else ""
    rows = rows_at(document, usual if declared is None else declared)
    return [to_sheet(rows, own_columns(rows))] if rows else []


def _where_are_rows(document: dict[str, Any]) -> str:
    found = row_places(document)
    if not found:
        return "Berkas JSON ini tidak memuat daftar baris. Kirim daftar objek, satu objek untuk setiap baris."
    return (
        f"Berkas JSON ini memuat daftar di dalam bagian lain: {', '.join(found[:10])}. "
        f"Walidata menuliskan letaknya pada kiriman ini di indicators.yaml, misalnya rows: {found[0]}"
    )
