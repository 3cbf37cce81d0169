"""An XLSX template for a feed: protected headers, drop-downs, checks that work offline, instructions, no figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.jobs.workbooks.template_checks import LEGEND, NUMBERS, ROWS, add_checks, is_date
from etl.jobs.workbooks.template_words import TemplateTask, choices
from etl.sheets.template_sheets import HELP_SHEET, LISTS_SHEET, MARK_SHEET

WIDE = {"indicator", "plan", "publication", "note", "cause", "action", "item", "title", "reference"}
HELP = {
    "indicator": "Pilih dari daftar. Nama indikator menurut katalog Pantau.",
    "series": "Seri (cara ukur) bila indikator mempunyai lebih dari satu; kosongkan untuk seri utama.",
    "region": "Pilih dari daftar: kabupaten, kota, provinsi, atau pemerintah provinsi.",
    "period": "Periode angka itu: tahun empat angka, atau tahun-bulan, tahun-S1, tahun-Q2.",
    "value": "Angka atau kategori saja. Sel kosong berarti belum ada data, bukan nol.",
    "unit": "Pilih satuan target itu dari daftar; harus satuan indikatornya.",
    "plan": "Pilih dokumen rencana yang memuat target ini. Dokumen baru didaftarkan dulu pada katalog.",
    "page": "Halaman atau nomor tabel pada dokumen itu.",
    "publication": "Judul dokumen atau tautan tempat angka ini tercetak.",
    "status": "Pilih dari daftar; kosongkan untuk angka tetap.",
    "note": "Catatan bila perlu.",
    "numerator": "Pembilang, bila angka adalah persentase.",
    "denominator": "Penyebut, bila angka adalah persentase.",
    "producer": "Siapa yang menghasilkan angka itu.",
    "cause": "Mengapa capaiannya begitu.",
    "action": "Apa yang dilakukan untuk memperbaikinya.",
    "responsible": "Jabatan atau bidang yang bertanggung jawab; jangan nama orang.",
    "deadline": "Tanggal selesai yang dijanjikan.",
    "item": "Pilih indikator SPBE atau Pemdi dari daftar.",
    "level": "Tingkat 1 sampai 5 yang didukung bukti ini.",
    "title": "Judul dokumen buktinya; dokumennya sendiri tidak dikirim.",
    "reference": "Nomor surat, peraturan, atau tautan tempat dokumen itu dapat dibaca.",
    "issued": "Tanggal dokumen terbit.",
    "expires": "Tanggal dokumen tidak berlaku lagi; kosongkan bila tidak ada.",
}


def folder_of(feed: Feed) -> str:
    """Name the folder where a feed's files are dropped."""
    return (feed.path or f"data/inbox/{feed.id}/*").rsplit("/", 1)[0] + "/"


def build_template(feed: Feed, catalogue: Catalogue, home: str, today: dt.date) -> Workbook:
    """Make the workbook; a file filled in from it is read by the feed without further configuration.

    `home` is the regency of a feed that names none, `today` decides which periods have ended.
    """
    task = TemplateTask(feed, catalogue, home, today)
    book = Workbook()
    book.remove(book.worksheets[0])
    data = book.create_sheet("Data")
    lists = book.create_sheet(LISTS_SHEET)
    _write_header(data, task)
    for number, field in enumerate(feed.columns, 1):
        words = choices(field, task)
        if words:
            _offer(data, lists, number, words)
    add_checks(data, task, _fill_regions(data, task))
    lists.sheet_state = "hidden"
    _write_instructions(book.create_sheet(HELP_SHEET, 0), feed, catalogue)
    mark = book.create_sheet(MARK_SHEET)
    mark.append(["kiriman", feed.id])
    mark.sheet_state = "veryHidden"
    book.active = data
    return book


def _fill_regions(data: Worksheet, task: TemplateTask) -> int:
    """Write the names of the kecamatan where there is one row for each; return how many cells of a row that fills.

    Periods stay empty: a template is used again, and last month's would stand there unseen.
    """
    if task.feed.level != "district" or "region" not in task.feed.columns:
        return 0
    column = list(task.feed.columns).index("region") + 1
    for row, name in enumerate(choices("region", task), 2):
        data.cell(row, column, name).protection = Protection(locked=True)
    return 1


def _write_header(data: Worksheet, task: TemplateTask) -> None:
    for number, (field, header) in enumerate(task.feed.columns.items(), 1):
        cell = data.cell(1, number, header)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F3A5F")
        letter = get_column_letter(number)
        data.column_dimensions[letter].width = 44 if field in WIDE else 22
        dated = is_date(field, task)
        for row in range(2, ROWS + 2):
            below = data.cell(row, number)
            below.protection = Protection(locked=False)
            # As text, or the spreadsheet would turn a period into a date and a code into a number.
            below.number_format = "yyyy-mm-dd" if dated else "General" if field in NUMBERS else "@"
    data.freeze_panes = "A2"
    data.protection.sheet = True
    data.protection.formatColumns = False
    data.protection.sort = False


def _offer(data: Worksheet, lists: Worksheet, number: int, words: Sequence[str]) -> None:
    letter = get_column_letter(number)
    for row, word in enumerate(words, 1):
        lists.cell(row, number, word)
    source = f"={quote_sheetname(LISTS_SHEET)}!${letter}$1:${letter}${len(words)}"
    check = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    check.errorTitle = "Tidak ada dalam daftar"
    check.error = "Pilih salah satu dari daftar. Bila belum ada, minta walidata menambahkannya pada katalog."
    data.add_data_validation(check)
    check.add(f"{letter}2:{letter}{ROWS + 1}")


def _write_instructions(sheet: Worksheet, feed: Feed, catalogue: Catalogue) -> None:
    lines: list[tuple[str, str]] = [
        (f"Templat: {feed.name.id}", ""),
        ("Cara mengisi", ""),
        ("1", "Isi lembar “Data”, satu angka satu baris. Baris judul dikunci; jangan mengubah namanya."),
        ("2", "Pilih dari daftar pada sel yang menyediakannya."),
        ("3", "Tulis angka sebagai angka. Nilai yang belum ada dikosongkan; jangan diisi nol."),
        ("4", "Jangan memuat NIK, nama atau alamat orang: berkas seperti itu ditolak seluruhnya."),
        ("5", "Perhatikan warna sel sebelum mengirim; semuanya bekerja tanpa internet:"),
        *LEGEND,
        ("6", f"Simpan sebagai .xlsx dan taruh di folder {folder_of(feed)} pada server Pantau."),
        ("Kolom", ""),
        *((header, HELP.get(field, "")) for field, header in feed.columns.items()),
    ]
    if "plan" in feed.columns:
        plans = [(each, f"{each.document} ({each.version})") for each in catalogue.plans]
        lines += [("Daftar dokumen rencana", "")]
        lines += [(plan.kind, f"{title}, {plan.first_year}-{plan.last_year}") for plan, title in plans]
    for left, right in lines:
        sheet.append([left, right])
        if not right:
            sheet.cell(sheet.max_row, 1).font = Font(bold=True, size=13)
        sheet.cell(sheet.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 96
    sheet.protection.sheet = True
