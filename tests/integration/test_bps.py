"""BPS WebAPI end to end: a server that answers as BPS does, a real warehouse; figures right or refused."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.catalogue.feeds import Feed
from etl.catalogue.reference import Region
from etl.connectors.base import Span
from etl.connectors.bps_webapi import BpsWebapiConnector
from etl.connectors.web.patience import Limits, Pace
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import run_feed
from tests.intake import NOW, SAMPLES, Intake, open_copy, web_feed
from tests.jobs import job
from tests.making import indicator
from tests.replay import Replay, Reply, Script, as_html, as_json, gzip_bomb, redirect

KEY = "0123456789abcdef0123456789abcdef"
REGENCIES = [("6401", "64.01"), ("6404", "64.08"), ("6409", "64.09")]
PEOPLE = {("64.01", "2023"): "291200", ("64.01", "2024"): "296400", ("64.08", "2023"): "434500"} | {
    **{("64.08", "2024"): "451800", ("64.09", "2023"): "188400", ("64.09", "2024"): "193900"},
    **{("64", "2023"): "3858800", ("64", "2024"): "3941200"},
}


def sample(name: str) -> Any:
    return json.loads((SAMPLES / "bps" / name).read_text(encoding="utf-8"))


class Bps(Replay):
    """A stand-in for webapi.bps.go.id: a list of years, and data by the years that are asked for."""

    def years(self, *years: int, domain: str = "6400") -> None:
        """Publish these years in pages of ten, latest first."""
        rows = [{"th_id": year - 1900, "th": str(year)} for year in sorted(years, reverse=True)]
        pages = [rows[at : at + 10] for at in range(0, len(rows), 10)] or [[]]
        for number, page in enumerate(pages, 1):
            head = {"page": number, "pages": len(pages), "per_page": 10, "count": len(page), "total": len(rows)}
            answer = {"status": "OK", "data-availability": "available", "data": [head, page]}
            self.script[f"/list/model/th/lang/ind/domain/{domain}/page/{number}/key/{KEY}/"] = as_json(answer)

    def data(self, years: str, answer: Script | list[Script], var: int = 31, domain: str = "6400") -> None:
        self.script[f"/list/model/data/lang/ind/domain/{domain}/var/{var}/th/{years}/key/{KEY}/"] = answer


@pytest.fixture
def bps() -> Iterator[Bps]:
    server = Bps()
    with server.running():
        server.years(2022, 2023, 2024)
        yield server


@pytest.fixture
def intake(tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    """Open a warehouse, and a connector that does not wait between its tries."""
    patient = BpsWebapiConnector(Limits(attempts=2, request=5, fetch=20), Pace(sleep=lambda _: None))
    monkeypatch.setattr("etl.connectors.bps_webapi.CONNECTOR", patient)
    monkeypatch.setenv("PANTAU_BPS_KEY", KEY)
    engine = open_copy(migrated_sqlite, tmp_path)
    indicators = (
        indicator("penduduk", unit="jiwa", decimals=0, units={"Ribu Jiwa": "1000"}),
        indicator("inflasi", unit="persen", frequency="month"),
        indicator("kemiskinan", unit="jiwa", frequency="semester", units={"Ribu Jiwa": "1000"}),
    )
    yield Intake(tmp_path, engine, indicators=indicators)
    engine.dispose()


def feed(bps: Replay, var: int = 31, indicator: str = "penduduk", **group: Any) -> Feed:
    return web_feed(
        "bps_webapi",
        {"domain": "6400", "var": var, "base": bps.address, **group},
        columns={"region": "wilayah_bps", "period": "periode", "value": "nilai", "unit": "satuan", "note": "catatan"},
        defaults={"indicator": indicator},
        region_codes="bps",
        decimal=".",
    )


def run(intake: Intake, of: Feed, first: int = 2023, last: int = 2024) -> Report:
    [report] = run_feed(job(intake.engine, intake.catalogue, intake.root, NOW), of, Span(first, last))
    return report


def told(intake: Intake, of: Feed, first: int = 2023, last: int = 2024) -> str:
    """Run a feed that must fail: one failed attempt, nothing loaded, the key nowhere; return what is said."""
    report = run(intake, of, first, last)
    assert report.ending == "failed", report
    assert [outcome for outcome, _ in intake.attempts()] == ["failed"]
    assert intake.values("penduduk") == {}
    assert KEY not in report.message
    return report.message


# What is right


def test_each_figure_lands_in_the_regency_that_bps_means(bps: Bps, intake: Intake) -> None:
    bps.data("123;124", as_json(sample("data_annual.json")))
    report = run(intake, feed(bps))
    assert (report.ending, report.rows_read, report.refused) == ("loaded", 8, 0)
    assert intake.values("penduduk") == PEOPLE
    assert {each.note for each in intake.observations("penduduk")} == {"Sumber: BPS, Proyeksi Penduduk"}


def test_asking_again_changes_nothing(bps: Bps, intake: Intake) -> None:
    bps.data("123;124", as_json(sample("data_annual.json")))
    run(intake, feed(bps))
    assert run(intake, feed(bps)).ending == "unchanged"


def test_the_number_of_a_year_is_read_from_the_list_and_never_computed(bps: Bps, intake: Intake) -> None:
    listed = sample("list_th.json")
    listed["data"][1] = [{"th_id": 77, "th": "2024"}, {"th_id": 124, "th": "1999"}, {"th_id": 3, "th": "2023"}]
    bps.script[f"/list/model/th/lang/ind/domain/6400/page/1/key/{KEY}/"] = as_json(listed)
    answer = sample("data_annual.json")
    answer["tahun"] = [{"val": 3, "label": "2023"}, {"val": 77, "label": "2024"}]
    answer["datacontent"] = {"64013103" + "0": 291.2, "640131077" + "0": 296.4}
    bps.data("3;77", as_json(answer))
    run(intake, feed(bps))
    assert intake.values("penduduk") == {key: PEOPLE[key] for key in (("64.01", "2023"), ("64.01", "2024"))}


def test_the_limit_of_years_is_learnt_from_the_message(bps: Bps, intake: Intake) -> None:
    bps.years(*range(2005, 2025))
    limit = as_json(sample("error_th_max2.json"))
    bps.data("120;121;122;123;124", limit)
    empty = as_json(sample("empty_not_available.json"))
    bps.data("120;121", empty)
    bps.data("122;123", empty)
    annual = sample("data_annual.json")
    annual["tahun"] = [{"val": 124, "label": "2024"}]
    annual["datacontent"] = {key: value for key, value in annual["datacontent"].items() if "31012" in key}
    annual["datacontent"] = {key: value for key, value in annual["datacontent"].items() if key.endswith("1240")}
    bps.data("124", as_json(annual))
    report = run(intake, feed(bps), 2020, 2024)
    assert report.ending == "loaded"
    assert intake.values("penduduk") == {key: value for key, value in PEOPLE.items() if key[1] == "2024"}
    asked = [path.split("/th/")[1].split("/key")[0] for path in bps.paths if "/model/data/" in path]
    assert asked == ["120;121;122;123;124", "120;121", "122;123", "124"]
    assert sum("/model/th/" in path for path in bps.paths) == 2


def test_months_stay_months_and_missing_ones_stay_missing(bps: Bps, intake: Intake) -> None:
    bps.years(2025)
    answer = sample("data_monthly_gap.json")
    answer["datacontent"]["64092263012513"] = 1.9
    bps.data("125", as_json(answer), var=2263)
    report = run(intake, feed(bps, 2263, "inflasi", vervar=["6409"]), 2025, 2025)
    values = intake.values("inflasi")
    assert (report.rows_read, report.accepted) == (11, 10)
    assert values["64.09", "2025-01"] == "0.2"
    assert values["64.09", "2025-10"] == "0"
    assert [each.raw for each in intake.findings()] == ["2025"]  # the annual cell is not December's
    assert ("64.09", "2025-11") not in values
    assert ("64.09", "2025-12") not in values


def test_selection_keeps_what_is_asked_for_only(bps: Bps, intake: Intake) -> None:
    bps.years(2025)
    bps.data("125", as_json(sample("data_monthly_gap.json")), var=2263)
    report = run(intake, feed(bps, 2263, "inflasi", vervar=["6409"], turtahun=["2", "3"]), 2025, 2025)
    assert report.rows_read == 2
    assert intake.values("inflasi") == {("64.09", "2025-02"): "-0.4", ("64.09", "2025-03"): "0.3"}


def test_halves_of_a_year_are_read_from_their_labels(bps: Bps, intake: Intake) -> None:
    answer = sample("data_annual.json")
    answer["turtahun"] = [{"val": 61, "label": "Semester 1 (Maret)"}, {"val": 62, "label": "Semester 2 (September)"}]
    answer["datacontent"] = {"64013112461": 295.1, "64013112462": 296.4, "640131012461": 1}
    answer["turvar"] = [{"val": "", "label": ""}]
    bps.data("123;124", as_json(answer))
    run(intake, feed(bps, indicator="kemiskinan"))
    assert intake.values("kemiskinan") == {("64.01", "2024-S1"): "295100", ("64.01", "2024-S2"): "296400"}


# What contradicts itself, or means nothing


def test_a_key_that_can_mean_two_things_is_refused_and_named(bps: Bps, intake: Intake) -> None:
    bps.years(2024)
    bps.data("124", as_json(sample("data_ambiguous_key.json")), var=1)
    report = run(intake, feed(bps, 1), 2024, 2024)
    assert (report.rows_read, report.accepted) == (3, 0)
    [found] = [each for each in intake.findings() if each.rule == "kunci-bps-ganda"]
    assert found.raw == "2"
    assert found.column == "H"
    assert "Satu" in found.sentence
    assert "Sebelas" in found.sentence


def test_a_key_that_means_nothing_is_a_finding(bps: Bps, intake: Intake) -> None:
    answer = sample("data_annual.json")
    answer["datacontent"] = {"64013101240": 296.4, "99993101240": 281603.8, "": 296.4, "640131012400": 1}
    bps.data("123;124", as_json(answer))
    report = run(intake, feed(bps))
    assert (report.rows_read, report.accepted, report.refused) == (4, 1, 3)
    assert intake.values("penduduk") == {("64.01", "2024"): "296400"}
    assert {each.rule for each in intake.findings() if each.severity == "refused"} == {"kunci-bps-tak-dikenal"}


def test_two_labels_for_one_number_are_refused(bps: Bps, intake: Intake) -> None:
    answer = sample("data_annual.json")
    answer["vervar"].append({"val": 6401, "label": "Kutai Barat"})
    bps.data("123;124", as_json(answer))
    run(intake, feed(bps))
    assert {region for region, _ in intake.values("penduduk")} == {"64.08", "64.09", "64"}


def test_a_code_of_bps_is_never_read_as_one_of_kemendagri(bps: Bps, intake: Intake) -> None:
    answer = sample("data_annual.json")
    answer["vervar"] = [{"val": 6403, "label": "Kutai Kartanegara"}, {"val": 9999, "label": "Indonesia"}]
    answer["datacontent"] = {"64033101240": 760.2, "99993101240": 281603.8}
    bps.data("123;124", as_json(answer))
    run(intake, feed(bps))
    assert intake.values("penduduk") == {("64.02", "2024"): "760200"}
    assert {each.rule for each in intake.findings()} == {"wilayah-tak-dikenal"}


NATION = Region(
    code="ID", parent=None, level="country", name="Indonesia", short="Nasional", bps_code="9999", source="uji"
)


@pytest.mark.parametrize(
    ("label", "taken"), [("Indonesia", {("ID", "2024"): "281603800"}), ("INDONESIA", {("ID", "2024"): "281603800"}),
                         ("Jumlah", {}), ("Kalimantan Timur", {})]
)  # fmt: skip
def test_9999_is_the_nation_where_it_bears_its_name(
    bps: Bps, intake: Intake, label: str, taken: dict[tuple[str, str], str]
) -> None:
    changes = {"regions": (NATION, *intake.catalogue.regions), "indicators": intake.catalogue.indicators}
    intake = Intake(intake.root, intake.engine, **changes)
    answer = sample("data_annual.json")
    answer["vervar"] = [{"val": 9999, "label": label}]
    answer["datacontent"] = {"99993101240": 281603.8}
    bps.data("123;124", as_json(answer))
    run(intake, feed(bps))
    assert intake.values("penduduk") == taken
    assert [f"9999 ({label})" in str(each.raw) for each in intake.findings()] == [True] * (not taken)


@pytest.mark.parametrize("content", [None, "", 0, "absent"])
def test_an_ok_answer_without_figures_is_a_failed_attempt(bps: Bps, intake: Intake, content: Any) -> None:
    answer = {**sample("data_annual.json"), "datacontent": content}
    if content == "absent":
        del answer["datacontent"]
    bps.data("123;124", as_json(answer))
    assert "tidak memuat datacontent" in told(intake, feed(bps))


def test_a_figure_between_quotes_follows_the_declared_mark_or_is_refused(bps: Bps, intake: Intake) -> None:
    answer = sample("data_annual.json")
    answer["datacontent"] = {"64013101240": "296,4", "64043101240": None, "64093101240": "…", "64003101240": 3.9412e3}
    bps.data("123;124", as_json(answer))
    report = run(intake, feed(bps))
    assert (report.rows_read, report.accepted) == (4, 1)
    assert intake.values("penduduk") == {("64", "2024"): "3941200"}


def test_another_variable_than_asked_for_fails(bps: Bps, intake: Intake) -> None:
    bps.data("123;124", as_json(sample("data_monthly_gap.json")))
    assert "2263" in told(intake, feed(bps))


def test_one_key_with_two_values_in_the_text_fails(bps: Bps, intake: Intake) -> None:
    content = json.dumps(sample("data_annual.json")).replace('"64043101240"', '"64013101240"').encode()
    bps.data("123;124", Reply(content=content))
    assert "64013101240" in told(intake, feed(bps))


def test_a_figure_between_quotes_that_has_two_readings_is_refused(bps: Bps, intake: Intake) -> None:
    answer = sample("data_annual.json")
    answer["datacontent"] = {"64013101240": "1.234", "64043101240": "1,234", "64093101240": "193.9"}
    bps.data("123;124", as_json(answer))
    run(intake, feed(bps))
    assert intake.values("penduduk") == {("64.09", "2024"): "193900"}
    assert {each.rule for each in intake.findings()} == {"angka-ambigu"}


@pytest.mark.parametrize("choice", [{"turvar": ["7"]}, {"vervar": ["6499"]}, {"turtahun": ["61"]}])
def test_a_choice_that_bps_does_not_have_lists_those_there_are(
    bps: Bps, intake: Intake, choice: dict[str, Any]
) -> None:
    bps.data("123;124", as_json(sample("data_annual.json")))
    message = told(intake, feed(bps, **choice))
    assert "yang ada: " in message
    assert next(iter(choice)) in message


def test_a_note_in_prose_gives_the_status(bps: Bps, intake: Intake) -> None:
    bps.years(2025)
    bps.data("125", as_json(sample("data_monthly_gap.json")), var=2263)
    of = feed(bps, 2263, "inflasi", vervar=["6409"])
    run(intake, of.model_copy(update={"columns": {**of.columns, "status": "status"}}), 2025, 2025)
    marked = {each.period.code: each.status for each in intake.observations("inflasi")}
    assert {code for code, status in marked.items() if status == "preliminary"} == {"2025-10"}
    assert marked["2025-09"] == "final"


# What BPS says instead of data


def test_no_data_erases_nothing(bps: Bps, intake: Intake) -> None:
    bps.data("123;124", [as_json(sample("data_annual.json")), as_json(sample("empty_not_available.json"))])
    run(intake, feed(bps))
    assert run(intake, feed(bps)).ending == "empty"
    assert intake.values("penduduk") == PEOPLE


@pytest.mark.parametrize("status", [200, 400, 404])
def test_an_empty_list_of_years_is_empty_under_any_status(bps: Bps, intake: Intake, status: int) -> None:
    answer = {"status": "OK", "data-availability": "list-not-available", "data": ""}
    bps.script[f"/list/model/th/lang/ind/domain/6400/page/1/key/{KEY}/"] = as_json(answer, status)
    assert run(intake, feed(bps)).ending == "empty"


def test_a_list_of_years_that_ends_too_early_is_a_failure(bps: Bps, intake: Intake) -> None:
    bps.years(*range(2010, 2025))
    ended = as_json({"status": "OK", "data-availability": "list-not-available", "data": ""})
    bps.script[f"/list/model/th/lang/ind/domain/6400/page/2/key/{KEY}/"] = ended
    assert "15 tahun" in told(intake, feed(bps))


def test_a_year_with_a_mark_in_the_list_is_that_year(bps: Bps, intake: Intake) -> None:
    listed = sample("list_th.json")
    listed["data"][1][0]["th"] = "2024*)"
    bps.script[f"/list/model/th/lang/ind/domain/6400/page/1/key/{KEY}/"] = as_json(listed)
    bps.data("123;124", as_json(sample("data_annual.json")))
    run(intake, feed(bps))
    assert intake.values("penduduk") == PEOPLE


def test_years_that_bps_has_not_published_are_no_failure(bps: Bps, intake: Intake) -> None:
    assert run(intake, feed(bps), 2025, 2026).ending == "empty"


def test_a_wrong_key_names_the_variable_to_set(bps: Bps, intake: Intake) -> None:
    bps.data("123;124", as_json(sample("error_key.json")))
    assert "PANTAU_BPS_KEY" in told(intake, feed(bps))
    assert sum("/model/data/" in path for path in bps.paths) == 1  # refusals are not asked again


def test_an_unset_key_names_the_variable_to_set(bps: Bps, intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PANTAU_BPS_KEY")
    assert "PANTAU_BPS_KEY" in told(intake, feed(bps))
    assert bps.asked == []


def test_words_of_bps_that_repeat_the_key_are_not_repeated(
    bps: Bps, intake: Intake, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bps.data("123;124", as_json({"status": "Error", "message": f"unknown key {KEY}"}))
    assert "unknown key ***" in told(intake, feed(bps))
    assert KEY not in caplog.text
    assert KEY not in (intake.root / "gudang.sqlite").read_bytes().decode("latin-1")


def test_a_limit_that_forbids_nothing_does_not_loop(bps: Bps, intake: Intake) -> None:
    bps.data("123;124", as_json(sample("error_th_max2.json")))
    assert "batasnya" in told(intake, feed(bps))


WAF = as_html((SAMPLES / "bps/waf_block_200.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", [WAF, as_html(status=403), Reply(content=b"null"), Reply(500, b"{}")])
def test_pages_of_the_firewall_pass(bps: Bps, intake: Intake, page: Reply) -> None:
    bps.data("123;124", [page, as_json(sample("data_annual.json"))])
    assert run(intake, feed(bps)).ending == "loaded"


@pytest.mark.parametrize(
    "broken",
    [
        WAF,
        as_html(status=403),
        Reply(content=b"null"),
        Reply(content=b"[]"),
        Reply(429, b"{}", headers={"Retry-After": "3600"}),
        Reply(500, b"<html></html>"),
        Reply(content=b'{"status": "OK", "data-availability": "available", "var"'),
        Reply(content=b'{"status": "OK"}' + b" " * 99, cut=5),
        Reply(content=b'{"status": "OK", "data-availability": "available"' + b" " * 70_000, endless=True),
        gzip_bomb(64, b'{"status": "OK"'),
        Reply(content='{"status": "OK", "label": "Pasér"}'.encode("latin-1")),
        redirect("http://169.254.169.254/latest/meta-data/"),
        as_json({"status": "OK", "data-availability": "tidak tahu", "data": ""}),
        as_json({"status": "OK", "data-availability": "available", "datacontent": {"64013101240": 1}}),
    ],
    ids=lambda each: None,
)
def test_a_source_that_breaks_is_a_clear_failed_attempt(bps: Bps, intake: Intake, broken: Reply) -> None:
    bps.years(2021, 2022, 2023, 2024)
    bps.data("121;122;123;124", as_json(sample("error_th_max2.json")))
    bps.data("121;122", as_json(sample("data_annual.json")))
    bps.data("123;124", broken)
    assert told(intake, feed(bps), 2021, 2024)


def test_a_list_whose_second_page_fails_delivers_nothing(bps: Bps, intake: Intake) -> None:
    bps.years(*range(2010, 2025))
    bps.script[f"/list/model/th/lang/ind/domain/6400/page/2/key/{KEY}/"] = Reply(500, b"{}")
    assert "500" in told(intake, feed(bps))


def test_a_server_that_repeats_its_first_page_is_caught(bps: Bps, intake: Intake) -> None:
    bps.years(*range(2010, 2025))
    pages = bps.script
    pages[f"/list/model/th/lang/ind/domain/6400/page/2/key/{KEY}/"] = pages[
        f"/list/model/th/lang/ind/domain/6400/page/1/key/{KEY}/"
    ]
    assert "Daftar tahun" in told(intake, feed(bps))
