"""What may be shown of an address, and which addresses are public."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.connectors.base import FetchError
from etl.connectors.web.address import HIDDEN, all_allowed, at_home, intranet, join, redact, with_parameters


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.id/v1/key/abc/", "https://a.id/v1/key/***/"),
        ("https://a.id/x?token=abc&page=2", "https://a.id/x?token=***&page=2"),
        ("https://a.id/x?page=2&api_key=a%20b", "https://a.id/x?page=2&api_key=***"),
        ("https://a.id/x?X-Amz-Signature=abc", "https://a.id/x?X-Amz-Signature=***"),
        ("https://user:p@ss@a.id/x", "https://a.id/x"),
        ("https://a.id/x?mail=a@b.id", "https://a.id/x?mail=a@b.id"),
        ("https://a.id/keyboard/x?monkey=1", "https://a.id/keyboard/x?monkey=1"),
    ],
)
def test_secrets_are_hidden_and_the_rest_stays(address: str, shown: str) -> None:
    assert redact(address) == shown


@given(st.text("abcdef0123456789+/=&?%# ", min_size=6))
def test_a_named_secret_is_hidden_wherever_it_stands(secret: str) -> None:
    assert redact(f"kunci «{secret}» ditolak", [secret]) == f"kunci «{HIDDEN}» ditolak"


@pytest.mark.parametrize(
    ("found", "public"),
    [
        (["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"], True),
        (["93.184.215.14", "127.0.0.1"], False),
        (["::ffff:169.254.169.254"], False),
        (["::ffff:93.184.215.14"], True),
        (["2002:7f00:1::"], False),
        (["64:ff9b::a00:1"], False),
        (["fe80::1%eth0"], False),
        (["224.0.0.1"], False),
        (["ff0e::1"], False),
        (["100.64.0.1"], False),
        (["0.0.0.0"], False),
        (["::"], False),
        ([], False),
    ],
)
def test_all_meanings_of_a_name_must_be_public(found: list[str], public: bool) -> None:
    assert all_allowed(found) is public


@pytest.mark.parametrize(
    ("address", "home", "same"),
    [
        ("http://a.id/x", "http://A.id:80/", True),
        ("https://a.id/x", "http://a.id/", True),
        ("http://a.id/x", "https://a.id/", False),
        ("http://a.id:8080/x", "http://a.id/", False),
        ("https://a.id:8443/x", "http://a.id/", False),
        ("http://b.a.id/x", "http://a.id/", False),
    ],
)
def test_home_is_one_server(address: str, home: str, same: bool) -> None:
    assert at_home(address, home) is same


@pytest.mark.parametrize(
    ("address", "home", "same"),
    [
        ("https://b.id/x", "https://a.id/", True),
        ("http://b.id/x", "https://a.id/", False),
        ("https://b.id/x", "http://a.id/", True),
        ("https://b.id:8443/x", "https://a.id/", False),
        ("https://10.10.1.5:8443/x", "https://a.id/", True),
        ("https://10.10.1.5/x", "https://a.id/", False),
        ("https://a.id/x", "https://a.id/", True),
    ],
)
def test_a_portal_may_have_further_names(address: str, home: str, same: bool) -> None:
    assert at_home(address, home, ["b.id", "10.10.1.5:8443"]) is same


@pytest.mark.parametrize(
    ("base", "given", "leads"),
    [
        ("https://a.id/api/x", "?page=2", "https://a.id/api/x?page=2"),
        ("https://a.id/api/x", "/y", "https://a.id/y"),
        ("http://a.id/x", "https://b.id/y", "https://b.id/y"),
        ("http://a.id/x", "//b.id/y", "http://b.id/y"),
    ],
)
def test_links_lead_on(base: str, given: str, leads: str) -> None:
    assert join(base, given) == leads


@pytest.mark.parametrize(
    "given", ["http://a.id/y", "file:///etc/passwd", "javascript:x", "https://[", "https://a:99999/"]
)
def test_links_that_lead_down_or_out_are_refused(given: str) -> None:
    with pytest.raises(FetchError):
        join("https://a.id/x", given)


def test_parameters_are_added_and_replaced() -> None:
    added = with_parameters("https://a.id/x?page=1&q=a b", [("page", "2"), ("page[size]", "10")])
    assert added == "https://a.id/x?q=a+b&page=2&page[size]=10"


@pytest.mark.parametrize(
    ("found", "allowed"),
    [(["10.1.2.3"], True), (["10.1.2.3", "93.184.215.14"], True), (["192.168.1.1"], False), (["127.0.0.1"], False),
     (["169.254.169.254"], False), (["10.1.2.3", "172.16.0.1"], False), ([], False)],
)  # fmt: skip
def test_a_declared_network_is_reached_and_no_other(found: list[str], allowed: bool) -> None:
    assert all_allowed(found, intranet("10.0.0.0/8, 192.168.7.0/24")) is allowed


@pytest.mark.parametrize("word", ["0.0.0.0/0", "127.0.0.0/8", "169.254.0.0/16", "8.8.8.0/24", "10.0.0.1/8", "kantor"])
def test_what_is_no_offices_network_is_refused(word: str) -> None:
    with pytest.raises(FetchError, match="PANTAU_INTRANET"):
        intranet(word)
