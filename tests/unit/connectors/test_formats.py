"""The kind of a file is told by its bytes; what is no table is said to be none."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from etl.connectors.base import UnreadableError
from etl.connectors.formats.kinds import extension, read_bytes

SPREADSHEETML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n<Workbook '
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="A"><Table><Row><Cell>'
    '<Data Type="Number">5</Data></Cell></Row></Table></Worksheet></Workbook>'
)
EXCEL_HTML = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    "<head><meta name=ProgId content=Excel.Sheet></head><body><table><tr><td>5</td></tr></table></body></html>"
)


def archive(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return buffer.getvalue()


def xlsx() -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = 5
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (xlsx(), "xlsx"),
        (SPREADSHEETML.encode(), "xml"),
        (b"\xef\xbb\xbf\r\n" + SPREADSHEETML.encode(), "xml"),
        (SPREADSHEETML.replace("Workbook", "ss:Workbook").replace("xmlns=", "xmlns:ss=").encode(), "xml"),
        (EXCEL_HTML.encode(), "html"),
        (EXCEL_HTML.encode("utf-16"), "html"),
        (b"<TABLE border=1><tr><td>5", "html"),
        (b"Laporan bulan ini <table><tr><td>5</td></tr></table>", "html"),
        (b"<?xml version='1.0'?><rss/>", "markup"),
        (b"a;b\n1;2", "csv"),
        (b"<5;3\n", "markup"),
        (b"", "csv"),
        (b'[{"a": 1}]', "json"),
        (b"[a];b\n", "csv"),
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (archive(surat="x"), "zip"),
        (b"%PDF-1.7", "pdf"),
    ],
)
def test_the_kind_is_named_by_the_bytes(content: bytes, kind: str) -> None:
    assert extension(content) == kind


@pytest.mark.parametrize("content", [SPREADSHEETML.encode(), EXCEL_HTML.encode(), xlsx(), b'[{"a": 5}]', b"5;6\n"])
def test_each_kind_has_its_reader(content: bytes) -> None:
    [sheet] = read_bytes(content)
    assert sheet.cells.iat[-1, 0] == "5"


def test_json_rows_are_read_with_their_exact_numbers() -> None:
    [sheet] = read_bytes(b'{"data": [{"nilai": 43.10, "kode": "64.10"}]}')
    assert sheet.cells.to_numpy().tolist() == [["nilai", "kode"], ["43.10", "64.10"]]
    assert sheet.typed is not None
    assert sheet.typed.to_numpy().tolist()[1] == [True, False]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "MHTML"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\x89PNG\r\n", "gambar"),
        (b"<?xml version='1.0'?><rss/>", "tidak dikenal"),
        (archive(surat="x"), "arsip"),
        (archive(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "tidak memuat lembar kerja"),
        (b"PK\x03\x04" + b"x" * 50, "rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "sandi"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        list(read_bytes(content))


def test_a_spreadsheet_beyond_the_limit_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.connectors.formats.kinds.MOST_BYTES", 10)
    with pytest.raises(UnreadableError, match="terlalu besar"):
        read_bytes(xlsx())
