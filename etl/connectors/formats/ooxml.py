"""What the cells of an XLSX point to: its sheets, its texts, the number formats of its styles."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from etl.connectors.base import UnreadableError
from etl.connectors.formats.archive import part
from etl.connectors.formats.grid import Cell, raised
from etl.connectors.formats.markup import Element, attribute, forget, local, walk, whole

NO_WORKBOOK = "Arsip ini tidak memuat lembar kerja Excel. Simpan tabelnya sebagai .xlsx atau .csv, lalu kirim lagi."
BINARY = "Berkas ini Excel biner (.xlsb). Buka di Excel, simpan sebagai .xlsx, lalu kirim lagi."
YES = {"1", "true", "on"}


@dataclass
class Book:
    """A workbook's own parts. `formats` are number formats by style, `dates` the styles that show one."""

    archive: zipfile.ZipFile
    path: str
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)  # name, part, hidden
    texts: list[Cell] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    dates: set[int] = field(default_factory=set)
    from_1904: bool = False
    uncomputed: bool = False  # written by a program that leaves results to Excel


def open_book(archive: zipfile.ZipFile) -> Book:
    """Find the workbook of an archive and read what its cells point to. Raises UnreadableError."""
    roots = _targets(archive, "_rels/.rels", "")
    path = next((target for kind, target in roots.values() if kind == "officeDocument"), "xl/workbook.xml")
    if path.endswith(".bin"):
        raise UnreadableError(BINARY)
    content = part(archive, path)
    book = Book(archive, path)
    folder, name = posixpath.split(path)
    parts = _targets(archive, f"{folder}/_rels/{name}.rels", folder)
    for _, element in walk(content, "workbookPr", "sheet", "calcPr", events=("end",)) if content else ():
        kind, target = parts.get(attribute(element, "id") or "", ("", ""))
        if local(element) == "workbookPr":
            book.from_1904 = attribute(element, "date1904") in YES
        elif local(element) == "calcPr":
            book.uncomputed = attribute(element, "fullCalcOnLoad") in YES
        elif kind == "worksheet":
            state = attribute(element, "state") or "visible"
            book.sheets.append((attribute(element, "name") or "", target, state != "visible"))
    if not book.sheets:
        raise UnreadableError(NO_WORKBOOK)
    for kind, target in parts.values():
        if kind == "sharedStrings":
            _read_texts(book, part(archive, target))
        elif kind == "styles":
            _read_formats(book, part(archive, target))
    return book


def _targets(archive: zipfile.ZipFile, name: str, folder: str) -> dict[str, tuple[str, str]]:
    content = part(archive, name)
    found = {}
    for _, element in walk(content, "Relationship", events=("end",)) if content else ():
        target = attribute(element, "Target") or ""
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[attribute(element, "Id") or ""] = ((attribute(element, "Type") or "").rsplit("/", 1)[-1], path)
    return found


def _read_texts(book: Book, content: bytes) -> None:
    for _, element in walk(content, "si", events=("end",)):
        book.texts.append((rich_text(element), False))
        forget(element)


def rich_text(element: Element) -> str:
    """Write a text of runs; a raised or struck run joins no number, a reading aid is left out."""
    parts = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.append(_run(child))
    return "".join(parts)


def _run(run: Element) -> str:
    text = "".join(child.text or "" for child in run if local(child) == "t")
    looks = [look for child in run if local(child) == "rPr" for look in child]
    if any(local(look) == "strike" and (attribute(look, "val") or "1") in YES for look in looks):
        return f"~{text}~"
    low_or_high = any(local(look) == "vertAlign" and attribute(look, "val") != "baseline" for look in looks)
    return raised(text) if low_or_high else text


def _read_formats(book: Book, content: bytes) -> None:
    codes: dict[int, str] = dict(BUILTIN_FORMATS)
    for _, element in walk(content, "numFmt", "cellXfs", events=("end",)):
        if local(element) == "numFmt":
            codes[whole(attribute(element, "numFmtId"), 0, 10**6)] = attribute(element, "formatCode") or ""
            continue
        shown = [codes.get(whole(attribute(xf, "numFmtId"), 0, 10**6), "") for xf in element]
        book.formats = ["" if code == "General" else code for code in shown]
        book.dates = {place for place, code in enumerate(book.formats) if code and is_date_format(code)}
