"""What is usual of a measure, and which unusual figures the walidata has confirmed."""

from __future__ import annotations

from etl.catalogue.reference import Model, Number, Positive, Whole


class PlausibleRange(Model):
    """The usual values of a measure, computed from figures held: see etl.measures.plausibility."""

    indicator: str
    low: Number
    high: Number
    jump: Positive | None = None  # how many times the year before is still usual
    values: Whole  # how many figures it was computed from
    basis: str
    date: str


class Confirmation(Model):
    """An unusual figure that the walidata has confirmed, with a reason: it is not asked about again."""

    indicator: str
    series: str
    region: str
    period: str
    value: Number
    by: str
    date: str
    reason: str
