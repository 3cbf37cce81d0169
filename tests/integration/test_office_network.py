"""Sources within an office's network: a certificate authority of its own, a proxy, several names of one portal."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from etl.connectors.base import Connector, FetchError, Reach, Span
from etl.connectors.bps_simdasi import BpsSimdasiConnector
from etl.connectors.bps_webapi import BpsWebapiConnector
from etl.connectors.ckan import CkanConnector
from etl.connectors.djpk_apbd import DjpkApbdConnector
from etl.connectors.google_sheets import GoogleSheetsConnector
from etl.connectors.http_json import HttpJsonConnector
from etl.connectors.web.http import Answer, open_web
from etl.connectors.web.network import OfficeNetwork, declared_way
from etl.connectors.web.patience import Limits, Pace
from tests.intake import web_feed
from tests.office import Proxy, make_authority
from tests.replay import Replay, as_json, redirect

LIMITS = Limits(attempts=1)
LOGIN = {"PANTAU_PROKSI": "opd:rah@sia"}
FAR = {"jauh.example": ["93.184.215.14"], "dalam.example": ["10.0.0.7"]}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    folder = tmp_path_factory.mktemp("ca")
    return folder, make_authority(folder)


@pytest.fixture
def portal(authority: tuple[Path, ssl.SSLContext]) -> Iterator[Replay]:
    """A portal whose certificate only its office's authority vouches for."""
    with Replay(authority[1]).running() as server:
        server.script["/a"] = as_json([1])
        yield server


def lookup(host: str, port: int) -> list[str]:
    if host in FAR:
        return FAR[host]
    if host[0].isdigit():
        return [host]
    raise socket.gaierror


def get(server: Replay, root: Path, path: str = "/a", **network: Any) -> Answer:
    reach = Reach(root, Span(2024, 2024), LOGIN)
    way = declared_way(OfficeNetwork.model_validate(network), reach)
    with open_web(server.address, limits=LIMITS, pace=Pace(resolve=lookup), way=way) as web:
        return web.get(path, headers={"Authorization": "Bearer kunci"})


def told(server: Replay, root: Path, path: str = "/a", **network: Any) -> str:
    with pytest.raises(FetchError) as caught:
        get(server, root, path, **network)
    return str(caught.value)


# Certificates


def test_an_offices_own_authority_is_trusted_where_the_feed_declares_it(
    portal: Replay, authority: tuple[Path, ssl.SSLContext]
) -> None:
    assert "sertifikat HTTPS-nya tidak dapat dipercaya" in told(portal, authority[0])
    assert portal.asked == []
    assert get(portal, authority[0], ca="ca.pem").content == b"[1]"


def test_a_declared_authority_vouches_for_no_other_server(
    portal: Replay, authority: tuple[Path, ssl.SSLContext], tmp_path: Path
) -> None:
    make_authority(tmp_path)
    assert "tidak dapat dipercaya" in told(portal, tmp_path, ca="ca.pem")


@pytest.mark.parametrize(("content", "words"), [(None, "tidak ada"), (b"0\x82\x01", "bukan sertifikat PEM")])
def test_a_certificate_that_cannot_be_read_is_named(
    portal: Replay, tmp_path: Path, content: bytes | None, words: str
) -> None:
    if content:
        (tmp_path / "kantor.pem").write_bytes(content)
    said = told(portal, tmp_path, ca="kantor.pem")
    assert "kantor.pem" in said
    assert words in said


# Proxies


def test_a_portal_is_asked_through_the_proxy_with_its_own_authority(
    portal: Replay, authority: tuple[Path, ssl.SSLContext]
) -> None:
    with Proxy("opd:rah@sia").running() as proxy:
        way = {"ca": "ca.pem", "proxy": proxy.address, "proxy_login": "PANTAU_PROKSI"}
        assert get(portal, authority[0], **way).content == b"[1]"
    assert proxy.asked == [f"CONNECT {portal.address.removeprefix('https://')}"]
    assert "Proxy-Authorization" not in portal.asked[0].headers


def test_a_proxy_passes_plain_http_on(tmp_path: Path) -> None:
    with Replay().running() as server, Proxy().running() as proxy:
        server.script["/a"] = as_json([1])
        assert get(server, tmp_path, proxy=proxy.address).content == b"[1]"
    assert proxy.asked == [f"GET {server.address}/a"]


@pytest.mark.parametrize("secured", [True, False])
def test_a_proxy_that_denies_is_no_failure_of_the_portal(
    portal: Replay, authority: tuple[Path, ssl.SSLContext], secured: bool
) -> None:
    with Replay().running() as plain, Proxy("opd:lain").running() as proxy:
        way = {"ca": "ca.pem", "proxy": proxy.address, "proxy_login": "PANTAU_PROKSI"}
        said = told(portal if secured else plain, authority[0], **way)
    assert "proksi menolak" in said
    assert "407" in said
    assert "rah@sia" not in said


@pytest.mark.parametrize("secured", [True, False])
def test_what_the_proxy_cannot_reach_is_asked_again(
    portal: Replay, authority: tuple[Path, ssl.SSLContext], secured: bool
) -> None:
    with Replay().running() as plain, Proxy(failing=1).running() as proxy:
        plain.script["/a"] = as_json([1])
        server = portal if secured else plain
        way = declared_way(OfficeNetwork(ca="ca.pem", proxy=proxy.address), Reach(authority[0], Span(2024, 2024)))
        with open_web(server.address, pace=Pace(sleep=lambda _: None, resolve=lookup), way=way) as web:
            assert web.get("/a").content == b"[1]"
    assert len(proxy.asked) == 2


def test_a_proxy_that_is_not_there_is_named(portal: Replay, tmp_path: Path) -> None:
    assert "proksinya tidak dapat dihubungi" in told(portal, tmp_path, proxy="http://127.0.0.1:1")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("http://10.0.0.7/b", "jaringan dalam"),
        ("http://dalam.example/b", "jaringan dalam"),
        ("http://tak-dikenal.example/b", "tulis pada hosts"),
    ],
)
def test_a_proxy_is_no_way_into_the_inner_network(tmp_path: Path, target: str, words: str) -> None:
    with Replay().running() as server, Proxy().running() as proxy:
        server.script["/a"] = redirect(target)
        assert words in told(server, tmp_path, proxy=proxy.address)
    assert proxy.asked == [f"GET {server.address}/a"]


def test_a_login_without_a_password_is_named(portal: Replay, tmp_path: Path) -> None:
    reach = Reach(tmp_path, Span(2024, 2024), {"PANTAU_PROKSI": "rahasia"})
    network = OfficeNetwork(proxy="http://127.0.0.1:1", proxy_login="PANTAU_PROKSI")
    with pytest.raises(FetchError, match="pengguna:sandi") as caught:
        declared_way(network, reach)
    assert "rahasia" not in str(caught.value)


# Further names


def test_the_token_follows_to_a_declared_name_of_the_portal(tmp_path: Path) -> None:
    with Replay().running() as server, Replay().running() as other:
        server.script["/a"], other.script["/b"] = redirect(f"{other.address}/b"), as_json([2])
        assert "tulis pada hosts" in told(server, tmp_path)
        assert get(server, tmp_path, hosts=[other.address.removeprefix("http://")]).content == b"[2]"
    assert [asked.headers["Authorization"] for asked in other.asked] == ["Bearer kunci"]


# Declarations


GROUPS: list[tuple[type[Connector], dict[str, Any]]] = [
    (BpsWebapiConnector, {"base": "http://127.0.0.1:2", "domain": "6400", "var": 31}),
    (BpsSimdasiConnector, {"base": "http://127.0.0.1:2", "wilayah": "6401000", "id_tabel": "x"}),
    (CkanConnector, {"base": "http://127.0.0.1:2", "resource": "x"}),
    (DjpkApbdConnector, {"base": "http://127.0.0.1:2", "provinsi": "17", "pemda": "01"}),
    (GoogleSheetsConnector, {"address": "http://127.0.0.1:2"}),
    (HttpJsonConnector, {"address": "http://127.0.0.1:2"}),
    (HttpJsonConnector, {"address": "http://127.0.0.1:2",
                         "signin": {"address": "/masuk", "user": "PANTAU_BPS_KEY", "password": "PANTAU_BPS_KEY"}}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "group"), GROUPS)
def test_every_web_source_goes_through_the_declared_proxy(tmp_path: Path, kind: Any, group: dict[str, Any]) -> None:
    name = kind.__module__.rpartition(".")[2]
    feed = web_feed(name, group | {"proxy": "http://127.0.0.1:1"})
    reach = Reach(tmp_path, Span(2024, 2024), {"PANTAU_BPS_KEY": "kunci-uji"})
    with pytest.raises(FetchError, match="proksinya tidak dapat dihubungi"):
        list(kind(LIMITS).fetch(feed, reach))


@pytest.mark.parametrize(
    "words",
    [
        {"proxy": "proksi.kantor.go.id"},
        {"proxy": "socks5://proksi.kantor.go.id"},
        {"proxy": "http://opd:sandi@proksi.kantor.go.id"},
        {"ca": "/etc/ssl/kantor.pem"},
        {"ca": "../kantor.pem"},
        {"hosts": ["https://data.paserkab.go.id"]},
        {"hosts": ["data.paserkab.go.id/api"]},
        {"hosts": ["data.paserkab.go.id:delapan"]},
    ],
)
def test_words_that_are_no_network_are_refused(words: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        OfficeNetwork.model_validate(words)
