"""DJPK's budget file end to end: SpreadsheetML under a CSV name, month by month, into a real warehouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from etl.catalogue.feeds import Feed
from etl.connectors.base import Span
from etl.connectors.djpk_apbd import DjpkApbdConnector
from etl.connectors.web.patience import Limits, Pace
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import run_feed
from tests.intake import SAMPLES, Intake, open_copy, web_feed
from tests.jobs import job
from tests.making import indicator
from tests.replay import Asked, Replay, Reply, as_html, gzip_bomb

NOW = dt.datetime(2025, 10, 5, 1, tzinfo=dt.UTC)
SEPTEMBER = next((SAMPLES / "djpk").glob("csv_apbd*.csv")).read_bytes()
ABSENT = as_html((SAMPLES / "djpk/error_html_200.html").read_text(encoding="utf-8"))


class Djpk(Replay):
    """A stand-in for the portal: `months` holds the answer of each (year, month), the rest is not found."""

    def __init__(self) -> None:
        super().__init__()
        self.months: dict[tuple[int, int], Reply] = {}
        self.script["/csv_apbd"] = self.month

    def month(self, asked: Asked) -> Reply:
        query = {name: texts[0] for name, texts in parse_qs(urlsplit(asked.path).query).items()}
        assert (query["type"], query["provinsi"], query["pemda"]) == ("apbd", "17", "08")
        return self.months.get((int(query["tahun"]), int(query["periode"])), ABSENT)


@pytest.fixture
def djpk() -> Iterator[Djpk]:
    server = Djpk()
    with server.running():
        server.months[2025, 9] = table(SEPTEMBER)
        yield server


@pytest.fixture
def intake(tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    patient = DjpkApbdConnector(Limits(attempts=2, request=5, fetch=20), Pace(sleep=lambda _: None, now=lambda: NOW))
    monkeypatch.setattr("etl.connectors.djpk_apbd.CONNECTOR", patient)
    engine = open_copy(migrated_sqlite, tmp_path)
    indicators = tuple(
        indicator(each, unit="Rp", decimals=0, frequency="month", cumulative=True) for each in ("belanja", "pad")
    )
    yield Intake(tmp_path, engine, indicators=indicators)
    engine.dispose()


def table(content: bytes) -> Reply:
    return Reply(content=content, kind="text/csv")


def feed(djpk: Djpk) -> Feed:
    return web_feed(
        "djpk_apbd",
        {
            **{"provinsi": "17", "pemda": "08", "base": f"{djpk.address}/csv_apbd"},
            "akun": {"Belanja Daerah": "belanja", "PAD": "pad"},
        },
        columns={"indicator": "indikator", "period": "periode", "value": "realisasi"},
        defaults={"region": "Kutai Timur", "unit": "Rp"},
        decimal=".",
    )


def run(intake: Intake, djpk: Djpk, first: int = 2025, last: int = 2025) -> list[Report]:
    return run_feed(job(intake.engine, intake.catalogue, intake.root, NOW), feed(djpk), Span(first, last))


def told(intake: Intake, djpk: Djpk) -> str:
    [report] = run(intake, djpk)
    assert report.ending == "failed", report
    assert intake.values("belanja") == {}
    return report.message


def test_realisation_counts_from_january_to_its_month(djpk: Djpk, intake: Intake) -> None:
    [report] = run(intake, djpk)
    assert (report.ending, report.rows_read, report.accepted) == ("loaded", 2, 2)
    assert intake.values("belanja") == {("64.08", "2025-09"): "1980000000000"}
    assert intake.values("pad") == {("64.08", "2025-09"): "255000000000"}


def test_every_month_up_to_this_one_is_asked_for(djpk: Djpk, intake: Intake) -> None:
    djpk.months[2024, 12] = table(SEPTEMBER.replace(b"1980000000000", b"3000000000000"))
    [report] = run(intake, djpk, 2024, 2026)
    assert len(djpk.asked) == 12 + 10
    assert report.accepted == 4
    assert intake.values("belanja") == {("64.08", "2024-12"): "3000000000000", ("64.08", "2025-09"): "1980000000000"}


def test_asking_again_changes_nothing(djpk: Djpk, intake: Intake) -> None:
    run(intake, djpk)
    assert [report.ending for report in run(intake, djpk)] == ["unchanged"]


def test_an_empty_cell_is_missing_and_not_zero(djpk: Djpk, intake: Intake) -> None:
    djpk.months[2025, 9] = table(SEPTEMBER.replace(b'"Number">1980000000000<', b'"String"><'))
    [report] = run(intake, djpk)
    assert (report.rows_read, report.accepted) == (2, 1)
    [found] = intake.findings()
    assert (found.rule, found.sheet, found.column) == ("tanpa-nilai", "2025-09", "C")


ROW = SEPTEMBER[SEPTEMBER.index(b'<Row><Cell><Data ss:Type="String">Belanja Daerah') :].split(b"\n")[0]


def test_the_first_row_of_an_account_counts_and_a_later_other_one_is_returned(djpk: Djpk, intake: Intake) -> None:
    later = ROW.replace(b"1980000000000", b"5000000000000")
    djpk.months[2025, 9] = table(SEPTEMBER.replace(b"</Table>", later + b"</Table>"))
    [report] = run(intake, djpk)
    assert (report.rows_read, report.accepted, report.refused) == (3, 2, 1)
    assert intake.values("belanja") == {("64.08", "2025-09"): "1980000000000"}
    [found] = intake.findings()
    assert (found.rule, found.row, found.raw) == ("akun-ganda", 8, "5000000000000")
    assert "1980000000000" in found.sentence


def test_the_same_row_twice_is_counted_once(djpk: Djpk, intake: Intake) -> None:
    djpk.months[2025, 9] = table(SEPTEMBER.replace(b"</Table>", ROW + b"</Table>"))
    [report] = run(intake, djpk)
    assert (report.rows_read, report.accepted, report.unchanged, report.refused) == (3, 2, 1, 0)


def test_an_account_that_is_not_there_is_a_warning(djpk: Djpk, intake: Intake) -> None:
    djpk.months[2025, 9] = table(SEPTEMBER.replace(b">PAD<", b">Pendapatan Asli<"))
    run(intake, djpk)
    assert [(each.rule, each.severity) for each in intake.findings()] == [("akun-tidak-ada", "warning")]


def test_no_account_at_all_says_which(djpk: Djpk, intake: Intake) -> None:
    djpk.months[2025, 9] = table(SEPTEMBER.replace(b"Belanja Daerah", b"BELANJA").replace(b"PAD", b"P A D"))
    [report] = run(intake, djpk)
    assert report.ending == "empty"
    assert "Akun “Belanja Daerah” tidak ada" in report.message


def test_a_number_typed_as_text_follows_the_declared_mark(djpk: Djpk, intake: Intake) -> None:
    djpk.months[2025, 9] = table(SEPTEMBER.replace(b'"Number">1980000000000<', b'"String">1.980.000.000.000<'))
    run(intake, djpk)
    assert intake.values("belanja") == {}


def test_no_month_at_all_is_a_clear_failure(djpk: Djpk, intake: Intake) -> None:
    djpk.months.clear()
    message = told(intake, djpk)
    assert "provinsi=17" in message
    assert "pemda=08" in message


@pytest.mark.parametrize(
    "broken",
    [
        as_html(),
        Reply(500, b"x"),
        Reply(429, headers={"Retry-After": "600"}),
        Reply(content=SEPTEMBER, kind="text/csv", cut=600),
        Reply(content=b"Akun;Anggaran\nPAD;1", kind="text/csv"),
        Reply(content=b"{}"),
        Reply(content=b"<Workbook>" + b" " * 70_000, kind="text/csv", endless=True),
        gzip_bomb(60, b"<Workbook>"),
        table(SEPTEMBER.replace(b"PAD", b"P\xe9D").replace(b'version="1.0"', b'version="1.0" encoding="UTF-8"')),
        table(SEPTEMBER[:700]),
        table(SEPTEMBER.replace(b"Realisasi", b"Sisa")),
    ],
)
def test_a_month_that_breaks_loads_nothing_of_the_others(djpk: Djpk, intake: Intake, broken: Reply) -> None:
    djpk.months[2025, 3] = table(SEPTEMBER)
    djpk.months[2025, 10] = broken
    assert told(intake, djpk)
    assert intake.values("pad") == {}
