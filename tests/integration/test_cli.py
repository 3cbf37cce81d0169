"""The commands as the steward types them: exit codes, Indonesian sentences, never a traceback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import create_engine, text

from etl.__main__ import COMMANDS, main
from etl.commands.context import Command
from tests.leash import PYTHON

ROOT = Path(__file__).resolve().parents[2]
HEADER = "Indikator;Wilayah;Periode;Nilai;Satuan\n"
FEED = """feeds:
  - id: uji
    name: {id: Kiriman uji, en: Trial feed}
    connector: file
    path: data/inbox/uji/*.csv
    decimal: ","
    columns: {indicator: Indikator, region: Wilayah, period: Periode, value: Nilai, unit: Satuan}
    defaults: {series: lf}
    schedule: "0 6 * * mon"
"""


class Desk:
    """A checkout with one feed, and the steward in front of it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        self.environ = {"PANTAU_DATABASE_URL": f"sqlite:///{root / 'warehouse.sqlite'}"}
        self.said = self.complained = ""

    def type(self, line: str) -> int:
        code = main(line.split(), self.environ, self.root)
        printed = self.capsys.readouterr()
        self.said, self.complained = printed.out, printed.err
        assert "Traceback" not in self.said + self.complained
        return code

    def drop(self, *rows: str) -> None:
        folder = self.root / "data/inbox/uji"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "kiriman.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    shutil.copytree(ROOT / "data/reference", tmp_path / "data/reference")
    shutil.copytree(ROOT / "data/published", tmp_path / "data/published")
    document = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    before, _, rest = document.partition("\nfeeds:\n")
    after = "\n".join(line for line in rest.splitlines() if not line.startswith((" ", "#")) and line.strip())
    assert after == "", "feeds are the last part of indicators.yaml"
    (tmp_path / "indicators.yaml").write_text(f"{before}\n{FEED}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


def test_a_day_at_the_desk(desk: Desk) -> None:
    assert desk.type("check") == 0
    assert "1 kiriman" in desk.said
    assert desk.type("status") == 2
    assert "python -m etl migrate" in desk.complained
    assert desk.type("migrate") == 0
    assert desk.type("run --all") == 0
    assert "uji: belum ada berkas di data/inbox/uji/*.csv" in desk.said
    desk.drop("ipm;Paser;2023;75,13;indeks", "ipm;Paser;2022;74.03;indeks")
    assert desk.type("run uji") == 1
    assert "dimuat" in desk.said
    assert desk.type("status") == 0
    assert "Baris dibaca pada semua kiriman: 2" in desk.said
    assert "tanda-desimal: 1" in desk.said
    assert "angka-ambigu: 1" in desk.said
    assert "Baris 3, kolom D: “74.03”: kolom ini mencampur tanda desimal" in desk.said
    assert "WITA" in desk.said
    desk.drop("x;y")
    (desk.root / "data/inbox/uji/kiriman.csv").write_text("bukan;judul\n1;2\n", encoding="utf-8")
    assert desk.type("run uji") == 3
    assert "Baris judul tidak ditemukan" in desk.said
    assert desk.type("verify") == 0
    assert "utuh" in desk.said


def test_a_value_changed_by_hand_fails_and_names_the_run(desk: Desk) -> None:
    desk.type("migrate")
    desk.drop("ipm;Paser;2023;75,13;indeks")
    desk.type("run uji")
    engine = create_engine(desk.environ["PANTAU_DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("UPDATE observation SET value = '85.13'"))
    engine.dispose()
    assert desk.type("verify") == 3
    assert "Pemuatan data 1 dari kiriman uji" in desk.said


def test_all_mistakes_in_the_catalogue_are_told_at_once(desk: Desk) -> None:
    path = desk.root / "indicators.yaml"
    broken = path.read_text(encoding="utf-8").replace("0 6 * * mon", "0 6 * * 1")
    path.write_text(broken.replace("direction: higher", "direction: naik", 1), encoding="utf-8")
    assert desk.type("check") == 2
    assert "2 kesalahan" in desk.complained
    assert "“naik”" in desk.complained or '"naik"' in desk.complained
    assert desk.type("run --all") == 2


def test_a_template_is_written_once(desk: Desk) -> None:
    assert desk.type("template uji") == 0
    assert "_pantau" in load_workbook(desk.root / "templat-uji.xlsx").sheetnames
    assert desk.type("template uji") == 2
    assert "sudah ada" in desk.complained


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "Perintah tidak dikenal"),
        ("lari", "Perintah tidak dikenal"),
        ("run", "--all"),
        ("run uji --all", "--all"),
        ("run ujii", "Maksud Anda “uji”?"),
        ("template", "Perintah tidak dikenal atau kurang lengkap"),
    ],
)
def test_wrong_use_is_a_sentence(desk: Desk, line: str, words: str) -> None:
    assert desk.type(line) == 2
    assert words in desk.complained


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("gudang", "PANTAU_DATABASE_URL"),
        ("nope://x", "PANTAU_DATABASE_URL"),
        ("sqlite:////tidak/ada/gudang.sqlite", "tidak terjangkau"),
        ("postgresql+psycopg://u:rahasia@127.0.0.1:1/x", "Periksa PANTAU_DATABASE_URL"),
    ],
)
def test_a_wrong_address_is_a_sentence_without_the_password(desk: Desk, url: str, words: str) -> None:
    desk.environ["PANTAU_DATABASE_URL"] = url
    for command in ("status", "migrate"):
        assert desk.type(command) == 2
        assert "PANTAU_DATABASE_URL" in desk.complained
        assert "rahasia" not in desk.complained
    assert desk.type("status") == 2
    assert words in desk.complained


def test_help_is_indonesian_and_names_every_command(desk: Desk) -> None:
    with pytest.raises(SystemExit) as ended:
        desk.type("--help")
    assert ended.value.code == 0
    printed = desk.capsys.readouterr().out
    assert all(name in printed for name in COMMANDS)
    assert "usage" not in printed
    assert "show this help" not in printed


@pytest.mark.parametrize(
    ("line", "needless"),
    [
        ("--help", {"apscheduler", "numpy", "openpyxl", "pandas", "pydantic", "sqlalchemy", "yaml"}),
        ("check", {"sqlalchemy"}),  # the connectors of its feeds bring pandas along
    ],
)
def test_a_command_imports_only_what_it_needs(line: str, needless: set[str]) -> None:
    words = [sys.executable, "-X", "importtime", "-m", "etl", *line.split()]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {each.rpartition("|")[2].strip().partition(".")[0] for each in ended.stderr.splitlines()}
    assert "argparse" in imported
    assert imported & {*needless, "dash", "flask", "plotly"} == set()


def test_a_file_that_no_feed_takes_is_told_with_the_command_that_reads_it(desk: Desk) -> None:
    desk.type("migrate")
    (desk.root / "data/inbox").mkdir(parents=True, exist_ok=True)
    (desk.root / "data/inbox/rekap okt.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    desk.type("run --all")
    assert "python -m etl inspect 'data/inbox/rekap okt.csv'" in desk.said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_scheduler_runs_what_is_overdue_and_stops_when_told(desk: Desk, number: signal.Signals) -> None:
    desk.type("migrate")
    desk.drop("ipm;Paser;2023;75,13;indeks")
    program = "import os, sys; from pathlib import Path; from etl.__main__ import main; "
    program += f"sys.exit(main(['schedule'], os.environ, Path({str(desk.root)!r})))"
    environ = {**os.environ, **desk.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([*PYTHON, "-c", program], cwd=desk.root, env=environ, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 300
        while (desk.root / "data/inbox/uji/kiriman.csv").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(number)
        _, log = process.communicate(timeout=300)
    finally:
        process.kill()
    assert process.returncode == 0, log
    assert "berikutnya" in log
    assert "uji: dimuat, 1 baris dibaca" in log
    assert "penjadwal berhenti" in log
    assert "Traceback" not in log


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("mysql://u:rahasia@127.0.0.1/x", "rahasia"),
        ("postgresql+asyncpg://u:rahasia@127.0.0.1/x", "rahasia"),
        ("postgresql://u:rahasia/x", "rahasia"),
        ("u:rahasia@127.0.0.1/x", "rahasia"),
    ],
)
def test_an_address_that_pantau_cannot_use_is_a_sentence(desk: Desk, url: str, secret: str) -> None:
    desk.environ["PANTAU_DATABASE_URL"] = url
    assert desk.type("migrate") == 2
    assert "PANTAU_DATABASE_URL" in desk.complained
    assert secret not in desk.complained


def test_a_warehouse_of_a_newer_pantau_is_left_alone(desk: Desk) -> None:
    desk.type("migrate")
    engine = create_engine(desk.environ["PANTAU_DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for command in ("migrate", "status"):
        assert desk.type(command) == 2
        assert "lebih baru" in desk.complained


@pytest.mark.parametrize(
    ("trouble", "words"),
    [("folder", "izin"), ("text", "bukan gudang data"), ("missing", "izin")],
)
def test_a_file_that_cannot_be_the_warehouse_is_a_sentence(desk: Desk, trouble: str, words: str) -> None:
    path = desk.root / "warehouse.sqlite"
    if trouble == "folder":
        path.mkdir()
    elif trouble == "text":
        path.write_text("bukan basis data " * 100, encoding="utf-8")
    else:
        desk.environ["PANTAU_DATABASE_URL"] = f"sqlite:///{desk.root / 'tidak-ada' / 'w.sqlite'}"
    for command in ("migrate", "status"):
        assert desk.type(command) == 2
        assert words in desk.complained


def test_a_template_that_cannot_be_written_is_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied", "templat-uji.xlsx")

    monkeypatch.setattr(Workbook, "save", deny)
    assert desk.type("template uji") == 2
    assert "templat-uji.xlsx" in desk.complained


def test_a_home_that_is_none_of_the_three_is_a_sentence(desk: Desk) -> None:
    desk.environ["PANTAU_HOME"] = "99.99"
    assert desk.type("check") == 2
    assert "64.09 Penajam Paser Utara" in desk.complained


def test_a_catalogue_that_is_not_there_says_where_it_should_be(desk: Desk) -> None:
    (desk.root / "indicators.yaml").unlink()
    assert desk.type("check") == 2
    assert "indicators.yaml: belum ada" in desk.complained
    assert "Error" not in desk.complained


@pytest.mark.parametrize(("trouble", "code"), [(RuntimeError("rusak"), 3), (KeyboardInterrupt(), 130)])
def test_what_nobody_foresaw_is_never_taken_for_success(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, trouble: BaseException, code: int
) -> None:
    def fail(_context: object) -> int:
        raise trouble

    monkeypatch.setitem(COMMANDS, "check", Command(fail))
    assert main(["check"], desk.environ, desk.root) == code
