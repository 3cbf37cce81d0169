"""Feeds: where a kiriman data comes from, how its rows are laid out, and what its office has promised."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field, SerializerFunctionWrapHandler, StrictBool, model_serializer, model_validator

from etl.catalogue.declared_layout import Layout
from etl.catalogue.reference import Id, Model, Text, Verbatim, Whole

Frequency = Literal["year", "semester", "quarter", "month", "day"]
RecordKind = Literal["action", "evidence"]
RegionLevel = Literal["regency", "district", "village"]
RegionCodes = Literal["bps", "kemendagri"]
FEED_FIELDS = (
    *("name", "indicator", "series", "region", "period", "value", "unit", "kind", "status", "producer"),
    *("publication", "plan", "page", "note", "numerator", "denominator"),
)


# Groups that stood in every stored feed, silent or not, before connectors registered themselves: left out, they would
# change the hash of every catalogue.
STORED_GROUPS = ("bps_webapi", "bps_simdasi", "ckan", "http_json", "djpk_apbd", "google_sheets", "sql")


class Feed(Model):
    """A kiriman data. `columns` maps our fields to the file's headers; `defaults` fill what it does not say.

    Beside `connector` stands a group of its name, or `path` for files. Its words are the connector's own: only
    etl.catalogue.declaration, which is told the connectors, knows whether they are right.
    """

    model_config = ConfigDict(extra="allow")

    id: Id
    name: Text
    connector: str
    path: str | None = None
    decimal: Literal[".", ","]
    missing: tuple[Verbatim, ...] = ("",)
    region_codes: RegionCodes | None = None  # whose codes its region column holds; silent: names and dotted codes
    layout: Layout | None = None
    columns: dict[str, str]
    defaults: dict[str, str] = Field(default={})
    rules: StrictBool = False  # apply data/published/rules.yaml
    records: RecordKind | None = None  # what its rows are where they are no figures
    indicators: tuple[Id, ...] = ()  # the indicators its office owes; one that it does not name is no fault
    level: RegionLevel = "regency"  # of the regions that its office owes figures for
    check: Literal["automatic", "steward"] = "automatic"
    schedule: str | None = None  # five-field cron in WITA, weekdays by name
    timeout: Whole = Field(default=900, ge=1)  # seconds a run may take
    frequency: Frequency | None = None
    due: Whole | None = Field(default=None, ge=1)  # days after the period's end by which it is promised
    grace: Whole = Field(default=0, ge=0)  # days more before it counts as late
    region: str | None = None  # the regency whose office sends it; the home regency where silent
    owner: str | None = None  # urusan
    since: str | None = None  # the first period that is owed; where silent, promises begin with the warehouse
    returned_limit: Whole = Field(default=0, ge=0)  # returned rows of a load that are no reason for a notice

    @property
    def configuration(self) -> Any:
        """The group that bears the connector's name: of its model where it was declared, a mapping where stored."""
        return getattr(self, self.connector, None)

    @model_validator(mode="before")
    @classmethod
    def _without_silent_groups(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value is not None or name not in STORED_GROUPS}

    @model_serializer(mode="wrap")
    def _with_stored_groups(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = write(self)
        return dict.fromkeys(STORED_GROUPS) | written
