"""The walk from page to page: where it goes, what it counts, and when it stops."""

from __future__ import annotations

from typing import Any

import pytest

from etl.connectors.base import FetchError
from etl.connectors.portal import json_pages
from etl.connectors.portal.json_pages import Paged, Walk

HOME = "https://satudata.example.go.id/api?opd=kominfo"


def walk_of(address: str = HOME, **paging: Any) -> Walk:
    return Walk(Paged.model_validate({"address": address, "paging": paging}))


def page(*rows: int, **more: Any) -> dict[str, Any]:
    return {"data": [{"id": str(row)} for row in rows], **more}


def by_link(link: Any, *hosts: str) -> str:
    paging = {"style": "link", "more": "next"}
    walk = Walk(Paged.model_validate({"address": HOME, "paging": paging, "hosts": hosts}))
    ask = walk.take(page(1, next=link))
    assert ask is not None
    return ask.whole


@pytest.mark.parametrize(
    "link",
    [
        "https://satudata.example.go.id/api?opd=kominfo&page=2",
        "https://satudata.example.go.id/api?page=2",
        "https://satudata.example.go.id:443/api?page=2",
        "http://satudata.example.go.id/api?page=2",
        "/api?page=2",
        "?page=2",
    ],
)
def test_a_link_is_followed_at_home_by_https_with_the_fixed_parameters(link: str) -> None:
    whole = by_link(link).replace(":443", "")
    assert whole.startswith("https://satudata.example.go.id/api?")
    assert set(whole.split("?")[1].split("&")) == {"opd=kominfo", "page=2"}


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://lain.example/api?page=2", "server lain"),
        ("https://satudata.example.go.id:8443/api?page=2", "server lain"),
        ("//lain.example/api", "server lain"),
        ("ftp://satudata.example.go.id/api", "tidak sah"),
        ("?opd=dinkes&page=2", "mengubah parameter opd"),
        (True, "tidak memberi alamat"),
    ],
)
def test_a_link_that_leads_astray_is_not_followed(link: Any, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        by_link(link)


def test_a_link_is_followed_to_another_name_of_the_portal() -> None:
    assert by_link("https://10.10.1.5:8443/api?page=2", "10.10.1.5:8443").startswith("https://10.10.1.5:8443/api?")


@pytest.mark.parametrize("sign", [False, None, "", "0", "false"])
def test_a_sign_that_says_no_ends_the_walk(sign: Any) -> None:
    assert walk_of(style="page", more="has_next").take(page(1, has_next=sign)) is None


def test_a_sign_left_out_among_its_neighbours_says_no() -> None:
    assert walk_of(style="page", more="links.next").take(page(1, links={"self": "x"})) is None
    assert walk_of(style="page", more="links.next").take(page(1, links=[])) is None
    with pytest.raises(FetchError, match="tidak menyebut"):
        walk_of(style="page", more="links.next").take(page(1))


def test_offsets_count_the_rows_that_came() -> None:
    walk = walk_of(style="offset", at_param="skip", size=10, size_param="limit", total="total")
    assert walk.first.params == {"limit": "10", "skip": "0"}
    second = walk.take(page(1, 2, 3, total="5"))
    assert second is not None
    assert second.params == {"limit": "10", "skip": "3"}
    assert walk.take(page(4, 5, total="5")) is None


def test_pages_start_where_they_are_declared_to() -> None:
    walk = walk_of(style="page", start=0)
    assert walk.first.params == {"page": "0"}
    second = walk.take(page(1))
    assert second is not None
    assert second.params == {"page": "1"}


def test_a_total_that_is_no_number_is_refused() -> None:
    with pytest.raises(FetchError, match="tidak memberi bilangan pada “total”"):
        walk_of(style="page", total="total").take(page(1, total="banyak"))


def test_a_walk_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_pages, "MOST_PAGES", 5)
    walk = walk_of(style="page")
    for number in range(1, 5):
        assert walk.take(page(number)) is not None
    with pytest.raises(FetchError, match="tidak berakhir sesudah 5 halaman"):
        walk.take(page(5))
