from __future__ import annotations

import socket
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.__main__ import refuse_taken
from dashboard.settings import from_environment
from dashboard.urls import State, beside_state, extended, href, observations_csv, parse

words = st.text(min_size=1, max_size=20).filter(lambda text: text == text.strip() and text.strip() != "")
states = st.builds(
    State,
    wilayah=st.none() | words,
    periode=st.none() | words,
    per=st.none() | words,
    tema=st.sampled_from([None, "gelap", "terang"]),
    lang=st.sampled_from(["id", "en"]),
)


@given(states)
def test_every_view_is_a_link(state: State) -> None:
    query = {name: values[0] for name, values in parse_qs(urlsplit(href("/data", state)).query).items()}
    assert parse(query) == state


@given(states)
def test_a_link_changes_only_what_it_says(state: State) -> None:
    query = parse_qs(urlsplit(href("/", state, wilayah="64.08")).query)
    assert query["wilayah"] == ["64.08"]
    assert query.get("per", [None])[0] == state.per


def test_defaults_leave_the_address_clean() -> None:
    assert href("/", State()) == "/"
    assert href("/data", State(lang="en"), "kiriman") == "/data?lang=en#kiriman"


def test_an_address_without_a_path_never_keeps_the_present_query() -> None:
    assert href("", State()) == "?"
    assert href("", State(lang="en")) == "?lang=en"


def test_a_pages_own_parameters_stand_beside_the_state() -> None:
    own = beside_state({"lang": "en", "adegan": ["spbe", "dimensi"], "detik": "45"})
    assert extended(href("/wall/atur", State(lang="en")), own) == (
        "/wall/atur?lang=en&adegan=spbe&adegan=dimensi&detik=45"
    )
    assert extended("/data", {}) == "/data"


def test_nonsense_in_the_address_is_harmless() -> None:
    assert parse({"tema": "ungu", "lang": "fr", "wilayah": " ", "periode": ["2023", "2024"]}) == State()


def test_the_csv_names_what_it_holds() -> None:
    assert observations_csv("ipm", "64.01") == "/api/v1/observations?indicator=ipm&region=64.01&format=csv"
    assert "as_of=2026-11-01" in observations_csv("ipm", "64.01", "2026-11-01")


def test_settings_come_from_the_environment() -> None:
    settings = from_environment({"PORT": "8061", "PANTAU_HOME": "64.08", "PANTAU_DATABASE_URL": "sqlite:///x"})
    assert (settings.port, settings.home, settings.database_url) == (8061, "64.08", "sqlite:///x")
    assert from_environment({}).database_url.endswith("data/warehouse.sqlite")


@pytest.mark.parametrize("port", ["delapan", "0", "-1", ""])
def test_a_wrong_port_is_named_with_what_was_found(port: str) -> None:
    with pytest.raises(ValueError, match=r"PORT: ditemukan .*bilangan bulat positif"):
        from_environment({"PORT": port})


def test_a_home_that_is_none_of_the_three_is_refused() -> None:
    assert from_environment({"PANTAU_HOME": " "}).home == "64.01"
    with pytest.raises(ValueError, match=r"PANTAU_HOME: ditemukan '99.99', seharusnya salah satu dari 64.01"):
        from_environment({"PANTAU_HOME": "99.99"})


def test_a_taken_port_is_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ValueError, match=f"Port {port} sedang dipakai"):
            refuse_taken(port)
    refuse_taken(port)
