"""What a government plans: its documents in their versions, the targets they set, its missions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool

from etl.catalogue.reference import Id, Model, Number, Text, Whole

PlanKind = Literal["RPJMD", "RKPD", "Renstra", "SPM", "RPJMN", "pernyataan"]


class Plan(Model):
    """A planning document in one version; targets refer to it. One version is in force."""

    id: Id
    kind: PlanKind
    document: str
    version: str
    region: str
    first_year: Whole
    last_year: Whole
    in_force: StrictBool
    source: str


class Target(Model):
    """A planned value for one period and series; `applies_below` lends it to regions without their own."""

    region: str
    period: str
    value: Number | str = Field(union_mode="left_to_right")
    plan: str
    source: str
    series: str | None = None
    page: str | None = None
    applies_below: StrictBool = False
    note: str | None = None


class Misi(Model):
    id: Id
    region: str
    name: Text
    source: str
