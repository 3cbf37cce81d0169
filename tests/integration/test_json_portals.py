"""JSON portals end to end: a real server, a real warehouse; each dialect by configuration alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from etl.catalogue.feeds import Feed
from etl.connectors.http_json import HttpJsonConnector
from etl.connectors.web.patience import Limits, Pace
from tests.intake import SAMPLES, Intake, open_copy, web_feed
from tests.replay import Asked, Replay, Reply, as_html, as_json, gzip_bomb, redirect

SPBE = {"2018": "1.85", "2019": "1.69", "2020": "1.69", "2021": "1.36", "2022": "2.83", "2023": "2.9", "2024": "3.27"}
PASER = {("64.01", year): value for year, value in SPBE.items()}
ROWS = [{"wilayah": "Kab. Paser", "tahun": year, "nilai": value.replace(".", ",")} for year, value in SPBE.items()]


@pytest.fixture
def portal() -> Iterator[Replay]:
    with Replay().running() as replay:
        yield replay


@pytest.fixture
def intake(tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    """Open a warehouse, and a connector that does not wait between its tries."""
    patient = HttpJsonConnector(Limits(attempts=2, request=5, fetch=20), Pace(sleep=lambda _: None))
    monkeypatch.setattr("etl.connectors.http_json.CONNECTOR", patient)
    engine = open_copy(migrated_sqlite, tmp_path)
    yield Intake(tmp_path, engine)
    engine.dispose()


def feed_of(portal: Replay, paging: dict[str, Any] | None = None, **group: Any) -> Feed:
    plain = {"address": f"{portal.address}/api", "paging": paging or {}, **group}
    changes = {key: plain.pop(key) for key in ("columns", "region_codes", "decimal", "defaults") if key in plain}
    return web_feed("http_json", plain, **changes)


def sample(name: str) -> Any:
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


def query(asked: Asked) -> dict[str, str]:
    return {name: texts[0] for name, texts in parse_qs(urlsplit(asked.path).query).items()}


def in_pages(rows: list[Any], size: int = 3, at: str = "page", first: int = 1) -> Any:
    """Serve rows by page, with `data` alone around them."""

    def answer(asked: Asked) -> Reply:
        start = (int(query(asked)[at]) - first) * size
        return as_json({"data": rows[start : start + size]})

    return answer


PAGED = {"style": "page", "size": 3, "size_param": "per_page"}


# The dialects


def jabar(total: int) -> Any:
    shape = sample("portal/jabar_bigdata_limit_skip.json")
    rows = [
        {**shape["data"][0], "id": n, "tahun": int(year), "indeks_spbe": float(value)}
        for n, (year, value) in enumerate(SPBE.items(), 1)
    ]

    def answer(asked: Asked) -> Reply:
        skip, limit = (int(query(asked)[name]) for name in ("skip", "limit"))
        meta = {"total_record": total, "skip": skip, "limit": limit}
        return as_json({**shape, "data": rows[skip : skip + limit], "meta": meta})

    return answer


JABAR = {"style": "offset", "size": 5, "size_param": "limit", "at_param": "skip", "total": "meta.total_record"}
JABAR_COLUMNS = {"region": "kode_kabupaten_kota", "period": "tahun", "value": "indeks_spbe", "unit": "satuan"}


@pytest.mark.parametrize("total", [7, 0], ids=["with total", "total 0"])
def test_jabar_pages_by_limit_and_skip(intake: Intake, portal: Replay, total: int) -> None:
    portal.script["/api"] = jabar(total)
    feed = feed_of(portal, JABAR, columns=JABAR_COLUMNS, region_codes="bps", good={"error": "0"})
    report = intake.run(feed)
    assert (report.ending, report.rows_read, report.refused) == ("loaded", 7, 0)
    assert intake.values() == PASER
    assert [query(each)["skip"] for each in portal.asked] == ["0", "5"]


def test_a_first_page_shorter_than_asked_is_not_taken_for_the_whole(intake: Intake, portal: Replay) -> None:
    portal.script["/api"] = jabar(0)
    feed = feed_of(portal, JABAR | {"size": 5, "size_param": None}, params={"limit": "2"}, columns=JABAR_COLUMNS)
    feed = feed.model_copy(update={"region_codes": "bps"})
    intake.run(feed)
    assert intake.values() == PASER


def test_a_bps_code_is_never_read_as_kemendagris(intake: Intake, portal: Replay) -> None:
    rows = [
        {"bps": 6403, "kemendagri": "64.02", "polos": 6402, "tahun": 2024, "nilai": 1.5},
        {"bps": 6404, "kemendagri": "64.08", "polos": 6408, "tahun": 2024, "nilai": 2.5},
    ]
    portal.script["/api"] = lambda asked: as_json({"data": rows, "asked": len(portal.asked)})  # never the same bytes
    columns = {"period": "tahun", "value": "nilai"}
    right = {("64.02", "2024"): "1.5", ("64.08", "2024"): "2.5"}
    for column, codes in (("bps", "bps"), ("kemendagri", None), ("kemendagri", "kemendagri"), ("polos", "kemendagri")):
        intake.run(feed_of(portal, columns={**columns, "region": column}, region_codes=codes))
        assert intake.values() == right
    report = intake.run(feed_of(portal, columns={**columns, "region": "bps"}))
    assert (report.accepted, report.refused) == (0, 2)
    report = intake.run(feed_of(portal, columns={**columns, "region": "kemendagri"}, region_codes="bps"))
    assert (report.accepted, report.refused) == (0, 2)
    assert intake.values() == right


@pytest.mark.parametrize("ending", ["has_next", "empty"])
def test_bandung_pages_until_it_says_that_none_follows(intake: Intake, portal: Replay, ending: str) -> None:
    rows = [{"bps_kode_kabupaten_kota": 6401, "jumlah_ warga.total": row["nilai"], **row} for row in ROWS]

    def answer(asked: Asked) -> Reply:
        page = int(query(asked)["page"])
        further = page < 3 if ending == "has_next" else True
        return as_json({"data": rows[page * 3 - 3 : page * 3], "pagination": {"has_next": further}})

    portal.script["/api"] = answer
    paging = {**PAGED, "more": "pagination.has_next"}
    fields = {"kode": "bps_kode_kabupaten_kota", "tahun": "tahun", "warga": r"jumlah_ warga\.total"}
    columns = {"region": "kode", "period": "tahun", "value": "warga"}
    report = intake.run(feed_of(portal, paging, fields=fields, columns=columns, region_codes="bps"))
    assert (report.ending, intake.values()) == ("loaded", PASER)
    assert {query(each)["per_page"] for each in portal.asked} == {"3"}


@pytest.mark.parametrize("flat", [False, True], ids=["resource", "flat"])
def test_laravel_pages_by_the_link_it_gives(intake: Intake, portal: Replay, flat: bool) -> None:
    path = "/api/v1/indikator/indeks-spbe"
    pages = [sample(f"portal/laravel_resource_p{number}.json") for number in (1, 2)]
    text = json.dumps(pages).replace("https://satudata.example.go.id", portal.address)
    pages = json.loads(text)
    if flat:
        pages = [{"data": each["data"], "total": 7, "next_page_url": each["links"]["next"]} for each in pages]
    portal.script |= {path: as_json(pages[0]), f"{path}?page=2": as_json(pages[1])}
    paging = {
        "style": "link",
        "more": "next_page_url" if flat else "links.next",
        "total": "total" if flat else "meta.total",
    }
    intake.run(feed_of(portal, paging, address=f"{portal.address}{path}"))
    assert intake.values() == PASER
    assert len(portal.asked) == 2


def test_a_link_that_forgets_the_parameters_gets_them_back(intake: Intake, portal: Replay) -> None:
    def answer(asked: Asked) -> Reply:
        asked_for = query(asked)
        assert (asked_for["opd"], asked_for["per_page"]) == ("kominfo", "4")
        page = int(asked_for.get("page", "1"))
        further = f"{portal.address}/api?page=2" if page == 1 else None
        return as_json({"data": ROWS[page * 4 - 4 : page * 4], "links": {"next": further}})

    portal.script["/api"] = answer
    paging = {"style": "link", "more": "links.next", "size": 4, "size_param": "per_page"}
    intake.run(feed_of(portal, paging, params={"opd": "kominfo"}))
    assert intake.values() == PASER


JSON_API = {"style": "page", "at_param": "page[number]", "size": 30, "size_param": "page[size]"}


@pytest.mark.parametrize("stop", [{"pages": "meta.pagination.total_pages"}, {"more": "links.next"}])
def test_json_api_pages_by_number_with_a_bearer_token(
    intake: Intake, portal: Replay, monkeypatch: pytest.MonkeyPatch, stop: dict[str, str]
) -> None:
    monkeypatch.setenv("PANTAU_UJI_TOKEN", "rahasia-123")

    def answer(asked: Asked) -> Reply:
        if asked.headers.get("Authorization") != "Bearer rahasia-123":
            return as_json({"message": "Unauthenticated."}, 401)
        page = int(query(asked)["page[number]"])
        rows = [{"type": "indeks", "id": str(n), "attributes": row} for n, row in enumerate(ROWS)]
        meta = {"pagination": {"total": 7, "count": 4, "per_page": 4, "current_page": page, "total_pages": 2}}
        links = {"self": "x", "next": "y"} if page == 1 else {"self": "x"}
        return as_json({"data": rows[page * 4 - 4 : page * 4], "meta": meta, "links": links})

    portal.script["/api"] = answer
    fields = {each: f"attributes.{each}" for each in ("wilayah", "tahun", "nilai")}
    report = intake.run(feed_of(portal, JSON_API | stop, fields=fields, token="PANTAU_UJI_TOKEN"))
    assert (report.ending, intake.values()) == ("loaded", PASER)
    assert "rahasia" not in str(intake.attempts()) + str(report)


@pytest.mark.parametrize("password", ["sandi-benar", "sandi-salah"])
def test_a_portal_that_gives_tokens_is_signed_in_to(
    intake: Intake, portal: Replay, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("PANTAU_UJI_NAMA", "walidata@paser")
    monkeypatch.setenv("PANTAU_UJI_SANDI", password)

    def sign_in(asked: Asked) -> Reply:
        if json.loads(asked.body) == {"email": "walidata@paser", "password": "sandi-benar"}:
            return as_json({"message": "Login Success ", "access_token": "7|rahasia", "token_type": "Bearer"})
        return as_json({"message": f"Invalid login details {password}"}, 401)

    def answer(asked: Asked) -> Reply:
        known = asked.headers.get("Authorization") == "Bearer 7|rahasia"
        return as_json({"data": ROWS}) if known else as_json({"message": "Unauthenticated."}, 401)

    portal.script |= {"/api": answer, "/api/v1/signin": sign_in}
    signin = {"address": "/api/v1/signin", "user": "PANTAU_UJI_NAMA", "password": "PANTAU_UJI_SANDI"}
    feed = feed_of(portal, signin=signin)
    if password == "sandi-benar":
        intake.run(feed)
        assert intake.values() == PASER
    else:
        assert "menolak masuk (status 401), katanya “Invalid login details ***”" in intake.fails(feed)
    assert not {"sandi-", "7|rahasia", "walidata@paser"} & set(str(intake.attempts()).split())
    assert "sandi-" not in str(intake.attempts()) + str(intake.findings())


def test_name_and_password_go_to_the_portals_own_server_alone(
    intake: Intake, portal: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_UJI_NAMA", "walidata@paser")
    monkeypatch.setenv("PANTAU_UJI_SANDI", "sandi-benar")
    signin = {"user": "PANTAU_UJI_NAMA", "password": "PANTAU_UJI_SANDI"}
    with Replay().running() as other:
        feed = feed_of(portal, signin={**signin, "address": f"{other.address}/signin"})
        assert "tidak dikirim" in intake.fails(feed)
        portal.script["/signin"] = redirect(f"{other.address}/signin")
        assert "mengalihkan permintaan masuk" in intake.fails(feed_of(portal, signin={**signin, "address": "/signin"}))
        assert other.asked == []


def test_totals_among_opensids_rows_are_left_out_and_told(intake: Intake, portal: Replay) -> None:
    portal.script["/api"] = as_json(sample("opensid/statistik_penduduk.json"))
    feed = feed_of(
        portal,
        fields={"kelompok": "attributes.nama", "nilai": "attributes.jumlah"},
        skip={"kelompok": ["jumlah", "Belum Mengisi", "TOTAL"]},
        columns={"value": "nilai", "note": "kelompok"},
        defaults={"indicator": "penduduk", "unit": "jiwa", "region": "64.01", "period": "2025"},
    )
    report = intake.run(feed)
    assert report.rows_read == 3
    [told] = [each for each in intake.findings() if each.rule == "baris-dilewati"]
    assert told.severity == "warning"
    assert "JUMLAH (baris 5), BELUM MENGISI (baris 6), TOTAL (baris 7)" in told.sentence


def test_a_list_at_the_top_needs_no_paging(intake: Intake, portal: Replay) -> None:
    portal.script["/api"] = as_json(ROWS)
    intake.run(feed_of(portal, rows=""))
    assert intake.values() == PASER


def test_an_unchanged_answer_changes_nothing(intake: Intake, portal: Replay) -> None:
    portal.script["/api"] = in_pages(ROWS)
    intake.run(feed_of(portal, PAGED))
    report = intake.run(feed_of(portal, PAGED))
    assert (report.ending, report.accepted, report.unchanged) == ("unchanged", 0, 7)


def test_a_row_without_its_value_is_returned_and_null_is_no_zero(intake: Intake, portal: Replay) -> None:
    rows = [
        *ROWS[:2],
        {"wilayah": "Kab. Paser", "tahun": "2020"},
        {**ROWS[3], "nilai": None},
        {**ROWS[4], "nilai": True},
    ]
    portal.script["/api"] = as_json(rows)
    report = intake.run(feed_of(portal, rows=""))
    assert (report.rows_read, report.accepted, report.refused) == (5, 2, 3)
    assert set(intake.values()) == {("64.01", "2018"), ("64.01", "2019")}


def test_a_number_keeps_its_digits_and_a_text_the_feeds_decimal_mark(intake: Intake, portal: Replay) -> None:
    body = '[{"wilayah":"Paser","tahun":2020,"nilai":1.250},{"wilayah":"Paser","tahun":2021,"nilai":"1.250"},'
    body += '{"wilayah":"Paser","tahun":2022,"nilai":12.5e-1},{"wilayah":"Paser","tahun":2023,"nilai":"1,25"}]'
    portal.script["/api"] = Reply(content=body.encode())
    intake.run(feed_of(portal, rows=""))
    assert intake.values() == {("64.01", "2020"): "1.25", ("64.01", "2022"): "1.25", ("64.01", "2023"): "1.25"}
    assert {each.period.code: each.printed for each in intake.observations()}["2020"] == "1.250"
    [returned] = [each for each in intake.findings() if each.severity == "refused"]
    assert returned.raw == "1.250"  # 1250 under a decimal comma: not sane


def test_personal_data_beside_the_declared_fields_stop_the_delivery(intake: Intake, portal: Replay) -> None:
    rows = [{**row, "pj": {"nik": "6401012003990001"}} for row in ROWS]
    portal.script["/api"] = as_json({"data": rows})
    said = intake.fails(feed_of(portal, fields={each: each for each in ("wilayah", "tahun", "nilai")}))
    assert "data pribadi" in said
    assert not list(intake.root.rglob("*.json"))


# What goes wrong


def pages_then(*last: Reply) -> Any:
    """Serve a good first page, then what is given."""
    return [as_json({"data": ROWS[:3]}), *last]


BROKEN: dict[str, tuple[Reply, str]] = {
    "dies": (as_json({"data": ROWS[3:6]}, cut=40), "tidak menjawab dengan utuh"),
    "429": (as_json({"message": "Too Many Attempts."}, 429), "status 429, katanya “Too Many Attempts.”"),
    "500": (
        as_json({"error": "Gagal mengambil data dari API"}, 500),
        "status 500, katanya “Gagal mengambil data dari API”",
    ),
    "html": (as_html(), "halaman HTML"),
    "endless": (Reply(content=b'{"data": [' + b" " * 100_000, endless=True), "MB"),
    "bomb": (gzip_bomb(400), "MB"),
    "charset": (Reply(content='{"data": [{"wilayah": "Pasér"}]}'.encode("latin-1")), "bukan UTF-8"),
    "truncated": (Reply(content=b'{"data": [{"wilayah": "Pas'), "utuh"),
    "key twice": (Reply(content=b'{"data": [{"nilai": 1, "nilai": 2}]}'), "dua kali"),
    "401": (as_json({"message": "Unauthenticated."}, 401), "Unauthenticated."),
    "404": (as_json({"success": False, "message": "Kategori tidak ditemukan"}, 404), "Kategori tidak ditemukan"),
    "flagged": (as_json({"error": 1, "message": "Dataset dikunci", "data": []}), "Dataset dikunci"),
    "no success": (as_json({"success": False, "message": "habis", "data": []}), "habis"),
    "null": (as_json({"data": None}), "berisi null"),
    "elsewhere": (as_json({"hasil": []}), "yang ada: hasil"),
    "no rows": (as_json({"data": ["x"]}), "bukan objek"),
}


@pytest.mark.parametrize(("reply", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_second_page_loads_nothing_and_says_why(
    intake: Intake, portal: Replay, reply: Reply, words: str
) -> None:
    portal.script["/api"] = pages_then(reply)
    assert words in intake.fails(feed_of(portal, PAGED))


LOST: dict[str, tuple[dict[str, Any], list[Reply], str]] = {
    "page ignored": (PAGED, [as_json({"data": ROWS[:3]})], "halaman yang sama lagi"),
    "rows moved": (PAGED, [*pages_then(as_json({"data": ROWS[2:5]}))], "1 baris dua kali"),
    "fewer than announced": (
        PAGED | {"total": "meta.total"},
        [as_json({"data": ROWS[:3], "meta": {"total": 7}}), as_json({"data": [], "meta": {"total": 7}})],
        "menyebut 7 baris, tetapi yang datang 3",
    ),
    "more than announced": (
        PAGED | {"total": "meta.total"},
        [as_json({"data": ROWS[:3], "meta": {"total": 2}})],
        "menyebut 2 baris, tetapi yang datang 3",
    ),
    "total changes": (
        PAGED | {"total": "meta.total"},
        [as_json({"data": ROWS[:3], "meta": {"total": 7}}), as_json({"data": ROWS[3:6], "meta": {"total": 8}})],
        "menyebut 7 baris, lalu 8 baris",
    ),
    "pages missing": (
        PAGED | {"pages": "meta.pages"},
        [as_json({"data": ROWS[:3], "meta": {"pages": 3}}), as_json({"data": [], "meta": {"pages": 3}})],
        "masih punya halaman",
    ),
    "undeclared paging": (
        {},
        [as_json({"data": ROWS[:3], "links": {"next": "http://127.0.0.1/x"}})],
        "masih punya halaman",
    ),
    "undeclared total": ({}, [as_json({"data": ROWS[:3], "meta": {"total_record": 7}})], "menyebut 7 baris"),
    **{
        f"undeclared {name}": ({}, [as_json({"data": ROWS[:3], **around})], words)
        for name, around, words in (
            ("next", {"next": "http://127.0.0.1/x", "count": 7}, "masih punya halaman"),
            ("last page", {"meta": {"current_page": 1, "last_page": 3}}, "masih punya halaman"),
            ("total pages", {"pagination": {"page": 1, "total_pages": 3}}, "masih punya halaman"),
            ("total beside a size", {"current_page": 1, "per_page": 3, "total": 7}, "menyebut 7 baris"),
        )
    },
    "first page asked for is the second": (
        PAGED,
        [as_json({"data": ROWS[3:6], "meta": {"per_page": 3, "total": 7}}), as_json({"data": ROWS[6:]})],
        "menyebut 7 baris, tetapi yang datang 4",
    ),
    "no sign of the end": (PAGED | {"more": "pagination.has_next"}, [as_json({"data": ROWS[:3]})], "tidak menyebut"),
    "link to itself": (
        {"style": "link", "more": "next"},
        [as_json({"data": ROWS[:3], "next": "/api"})],
        "halaman yang sama",
    ),
    "link elsewhere": (
        {"style": "link", "more": "next"},
        [as_json({"data": ROWS[:3], "next": "http://contoh.example/api?page=2"})],
        "server lain (contoh.example)",
    ),
    "link with another filter": (
        {"style": "link", "more": "next"},
        [as_json({"data": ROWS[:3], "next": "/api?page=2&opd=dinkes"})],
        "mengubah parameter opd",
    ),
}


@pytest.mark.parametrize("around", [{"code": 500}, {"statusCode": "503"}, {"errors": [{"message": "x"}]}])
def test_a_failure_under_status_200_is_one_whatever_it_is_called(
    intake: Intake, portal: Replay, around: dict[str, Any]
) -> None:
    portal.script["/api"] = as_json({"data": ROWS, **around})
    assert "menjawab gagal" in intake.fails(feed_of(portal))


@pytest.mark.parametrize(
    ("parts", "accepted"),
    [
        ([{"jenis": "Laki-laki"}, {"jenis": "Perempuan"}], 0),
        ([{"id": "a7", "jenis": "Jumlah"}, {"id": "b8", "jenis": "Jumlah"}], 1),
        ([{"nomor": 1}, {"nomor": 2}], 1),
        ([{"updated_at": "2024-01-01"}, {"updated_at": "2024-01-02"}], 1),
    ],
)
def test_two_parts_that_are_equal_are_not_the_whole(
    intake: Intake, portal: Replay, parts: list[dict[str, Any]], accepted: int
) -> None:
    portal.script["/api"] = as_json({"data": [{**ROWS[0], **part} for part in parts]})
    report = intake.run(feed_of(portal))
    assert (report.accepted, report.refused) == (accepted, 0 if accepted else 2)


@pytest.mark.parametrize("around", [{"total": 1020}, {"meta": {"total": "banyak"}}, {"next": "", "last_page": 1}])
def test_what_only_looks_like_a_count_of_rows_stops_nothing(
    intake: Intake, portal: Replay, around: dict[str, Any]
) -> None:
    portal.script["/api"] = as_json({"data": ROWS, **around})
    assert intake.run(feed_of(portal)).accepted == 7


@pytest.mark.parametrize(("yes", "no"), [(True, False), ("true", "false"), ("1", "0"), ("ya", "Tidak"), ("True", None)])
def test_a_sign_of_more_may_be_a_word(intake: Intake, portal: Replay, yes: Any, no: Any) -> None:
    def answer(asked: Asked) -> Reply:
        at = int(query(asked)["page"])
        return as_json({"data": ROWS[at * 3 - 3 : at * 3], "pagination": {"has_next": yes if at < 3 else no}})

    portal.script["/api"] = answer
    assert intake.run(feed_of(portal, PAGED | {"more": "pagination.has_next"})).accepted == 7
    assert len(portal.asked) == 3


@pytest.mark.parametrize(("paging", "replies", "words"), LOST.values(), ids=LOST)
def test_rows_lost_or_doubled_between_pages_load_nothing(
    intake: Intake, portal: Replay, paging: dict[str, Any], replies: list[Reply], words: str
) -> None:
    portal.script["/api"] = list(replies)
    assert words in intake.fails(feed_of(portal, paging, params={"opd": "kominfo"}))


def test_a_declared_sign_of_success_must_be_there(intake: Intake, portal: Replay) -> None:
    portal.script["/api"] = as_json({"kode": 99, "pesan": "tabel dikunci", "data": ROWS})
    said = intake.fails(feed_of(portal, good={"kode": "0"}))
    assert "kode = 99, seharusnya 0" in said
    assert "tabel dikunci" in said


def test_a_missing_token_is_named_and_a_refused_one_is_not_told(
    intake: Intake, portal: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.script["/api"] = as_json({"message": "Token rahasia-123 tidak sah"}, 403)
    feed = feed_of(portal, token="PANTAU_UJI_TOKEN")
    assert "PANTAU_UJI_TOKEN belum diisi" in intake.fails(feed)
    monkeypatch.setenv("PANTAU_UJI_TOKEN", "rahasia-123")
    said = intake.fails(feed)
    assert "PANTAU_UJI_TOKEN" in said
    assert "rahasia" not in str(intake.attempts())


def test_a_field_that_no_row_has_is_named_with_those_there_are(intake: Intake, portal: Replay) -> None:
    portal.script["/api"] = as_json({"data": ROWS})
    said = intake.fails(feed_of(portal, fields={"wilayah": "wilayah", "tahun": "tahun", "nilai": "attributes.nilai"}))
    assert "“attributes.nilai” tidak ada pada satu baris pun; kunci yang ada: wilayah, tahun, nilai" in said


def test_a_field_that_holds_a_list_is_refused(intake: Intake, portal: Replay) -> None:
    portal.script["/api"] = as_json({"data": [{**row, "nilai": [1, 2]} for row in ROWS]})
    assert "berisi daftar, bukan satu nilai" in intake.fails(feed_of(portal))
