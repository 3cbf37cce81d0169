"""The workbook in which the steward notes other names (regions, facilities, offices) and the shape of files."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.catalogue.checks.layout_checks import FILLED
from etl.catalogue.models import Catalogue
from etl.sheets.template_sheets import HELP_SHEET, LISTS_SHEET

ROWS = 500
WHY = "Alasan"
KINDS = ("puskesmas", "sekolah", "posyandu", "lainnya")
KEYS = ("words", "marks", "skip", "sheets")
COUNTED = {"district", "regency", "city", "province", "subject", "country"}
HELP = (
    "Tulis di sini nama lain yang muncul pada berkas kiriman, satu nama satu baris.",
    "Lembar “Wilayah”: ejaan lain dari kabupaten, kota, atau kecamatan. Pilih wilayahnya dari daftar.",
    "Lembar “Fasilitas”: puskesmas atau sekolah, dan kecamatan tempatnya. Nama itu dibaca sebagai kecamatannya hanya "
    "bila tidak ada fasilitas sejenis lain di kecamatan itu, sebab angka salah satunya bukan angka kecamatan.",
    "Lembar “Perangkat Daerah”: nama lain sebuah Perangkat Daerah.",
    "Lembar “Bentuk berkas”: words = arti sebuah kata pada berkas (pilih isian dan tulis artinya menurut katalog); "
    "marks = arti sebuah tanda (final, revised, estimate, preliminary, very_preliminary, missing, zero); "
    "skip = judul atau nama baris yang tidak dibaca; sheets = nama lembar yang dibaca.",
    "Alasan wajib diisi: dari mana nama itu diketahui.",
    "Simpan, lalu jalankan: python -m etl aliases alias.xlsx. Nama yang sudah tercatat tidak perlu ditulis lagi.",
)


@dataclass(frozen=True, slots=True)
class AliasSheet:
    """One sheet of the workbook and the reference file that it adds to; `coded` columns hold a code and its name."""

    title: str
    file: str
    headers: dict[str, str]  # column's header -> field of the reference file
    coded: str
    optional: tuple[str, ...] = ()  # headers of columns that may stay empty


SHEETS = (
    AliasSheet("Wilayah", "aliases", {"Nama pada berkas": "alias", "Wilayah": "code", WHY: "why"}, "Wilayah"),
    AliasSheet(
        "Fasilitas",
        "facilities",
        {"Nama fasilitas": "facility", "Jenis": "kind", "Kecamatan": "code", WHY: "why"},
        "Kecamatan",
    ),
    AliasSheet(
        "Perangkat Daerah",
        "office_aliases",
        {"Nama pada berkas": "alias", "Perangkat Daerah": "office", WHY: "why"},
        "Perangkat Daerah",
    ),
    AliasSheet(
        "Bentuk berkas",
        "layout_fixes",
        {"kiriman": "feed", "kunci": "key", "isian": "field", "tertulis": "written", "arti": "meaning"},
        "kiriman",
        ("isian", "arti"),
    ),
)
CHOICES = {"Jenis": KINDS, "kunci": KEYS, "isian": FILLED}


def build_alias_book(catalogue: Catalogue) -> Workbook:
    """Make the empty workbook, with drop-downs of what a name may stand for."""
    book = Workbook()
    book.remove(book.worksheets[0])
    guide = book.create_sheet(HELP_SHEET)
    for line in HELP:
        guide.append([line])
        guide.cell(guide.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    guide.column_dimensions["A"].width = 110
    lists = book.create_sheet(LISTS_SHEET)
    for number, (each, words) in enumerate(zip(SHEETS, _words(catalogue), strict=True), 1):
        sheet = book.create_sheet(each.title)
        _head(sheet, each)
        _offer(sheet, lists, list(each.headers).index(each.coded) + 1, number, words)
        for place, (header, choices) in enumerate(CHOICES.items(), len(SHEETS) + 1):
            if header in each.headers:
                _offer(sheet, lists, list(each.headers).index(header) + 1, place, list(choices))
    lists.sheet_state = "hidden"
    return book


def _words(catalogue: Catalogue) -> tuple[list[str], ...]:
    regions = [each for each in catalogue.regions if each.level in COUNTED]
    named = [f"{each.code} {each.name}" for each in regions]
    districts = [f"{each.code} {each.name}" for each in regions if each.level == "district"]
    offices = [f"{each.region}/{each.id} {each.name}" for each in catalogue.offices]
    return named, districts, offices, [each.id for each in catalogue.feeds if each.layout]


def _head(sheet: Worksheet, each: AliasSheet) -> None:
    for column, header in enumerate(each.headers, 1):
        cell = sheet.cell(1, column, header)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3A5F")
        sheet.column_dimensions[get_column_letter(column)].width = 44
        for row in range(2, ROWS + 2):
            sheet.cell(row, column).number_format = "@"
    sheet.freeze_panes = "A2"


def _offer(sheet: Worksheet, lists: Worksheet, column: int, place: int, words: list[str]) -> None:
    letter = get_column_letter(place)
    for row, word in enumerate(words, 1):
        lists.cell(row, place, word)
    source = f"={quote_sheetname(LISTS_SHEET)}!${letter}$1:${letter}${max(len(words), 1)}"
    check = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    check.errorTitle, check.error = "Tidak ada dalam daftar", "Pilih salah satu dari daftar."
    sheet.add_data_validation(check)
    own = get_column_letter(column)
    check.add(f"{own}2:{own}{ROWS + 1}")
