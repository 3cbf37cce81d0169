"""Properties of periods: codes, labels and spans agree, and no text raises anything but a sentence."""

from __future__ import annotations

import contextlib
import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.catalogue.period import from_code, label, parse_period

YEARS = st.integers(1900, 2100)
CODES = st.one_of(
    YEARS.map(str),
    st.builds("{}-S{}".format, YEARS, st.integers(1, 2)),
    st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-{:02d}".format, YEARS, st.integers(1, 12)),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)).map(dt.date.isoformat),
)
WORDS = st.sampled_from(
    ["2024", "tw", "ii", "s.d.", "jan", "-", "/", "31", "agt", "semester", "2", "13", "ke", "(", "00:00:00"]
)


@settings(deadline=None)
@given(CODES, st.sampled_from(["id", "en"]), st.booleans())
def test_a_label_reads_back_as_its_period(code: str, lang: str, cumulative: bool) -> None:
    text = f"s.d. {label(from_code(code), lang)}" if cumulative else label(from_code(code), lang)
    again = parse_period(text)
    assert again.code == code
    assert again.cumulative == cumulative
    assert parse_period(label(again, lang)) == again


@settings(deadline=None)
@given(CODES)
def test_a_span_runs_forward_within_its_year(code: str) -> None:
    period = from_code(code)
    assert period.start <= period.end
    assert period.start.year == period.end.year == int(code[:4])


@settings(deadline=None)
@given(CODES, CODES)
def test_periods_are_ordered_by_their_ends(first: str, second: str) -> None:
    if from_code(first).end < from_code(second).end:
        assert from_code(first) < from_code(second)


@settings(deadline=None)
@given(st.text() | st.lists(WORDS).map(" ".join))
def test_any_text_is_a_period_or_a_sentence(text: str) -> None:
    with contextlib.suppress(ValueError):
        period = parse_period(text)
        assert from_code(period.code) == period
        assert period.code[:4] in text or not text.isascii()
