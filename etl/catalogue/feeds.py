"""Feeds: where a kiriman data comes from, how its rows are laid out, and what its office has promised."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool

from etl.catalogue.declared_layout import Layout
from etl.catalogue.reference import Id, Model, Text, Verbatim, Whole

Frequency = Literal["year", "semester", "quarter", "month", "day"]
ConnectorName = Literal["file", "bps_webapi", "bps_simdasi", "ckan", "http_json", "djpk_apbd", "google_sheets", "sql"]
RecordKind = Literal["action", "evidence"]
RegionLevel = Literal["regency", "district", "village"]
RegionCodes = Literal["bps", "kemendagri"]
FEED_FIELDS = (
    *("name", "indicator", "series", "region", "period", "value", "unit", "kind", "status", "producer"),
    *("publication", "plan", "page", "note", "numerator", "denominator"),
)


class BpsWebapi(Model):
    """Dynamic data of the BPS WebAPI: one variable of one domain. Years are those asked for by the run."""

    domain: str
    var: Whole
    vervar: tuple[str, ...] = ()  # BPS codes to keep; all where empty
    turvar: tuple[str, ...] = ()
    turtahun: tuple[str, ...] = ()
    key: str = "PANTAU_BPS_KEY"  # the environment variable that holds the key
    base: str = "https://webapi.bps.go.id/v1/api"


class BpsSimdasi(Model):
    """One table of "Daerah Dalam Angka" from the BPS WebAPI, for the years asked for by the run."""

    wilayah: str  # seven digits, as BPS writes regencies
    id_tabel: str
    variabel: dict[str, str] = Field(default={})  # column's id -> indicator; all columns by name where empty
    key: str = "PANTAU_BPS_KEY"  # the environment variable that holds the key
    base: str = "https://webapi.bps.go.id/v1/api"


class Ckan(Model):
    """One resource of a CKAN portal, by its datastore or as the file that was uploaded."""

    base: str
    package: str | None = None
    resource: str
    mode: Literal["datastore", "download"] = "datastore"
    token: str | None = None  # the environment variable that holds the token


class Paging(Model):
    """How a portal goes on to its next page."""

    style: Literal["none", "offset", "page", "link"] = "none"
    start: Whole = 1  # number of the first page
    size: Whole = 100
    size_param: str | None = None
    at_param: str = "page"  # parameter of the offset or the page's number
    total: str | None = None  # where the answer says how many rows there are; 0 and silence say nothing
    pages: str | None = None  # where the answer says how many pages there are
    more: str | None = None  # where the answer says that another page follows: true, or its address


class SignIn(Model):
    """How a portal gives a token for a name and a password, which environment variables hold."""

    address: str
    user: str
    password: str
    inputs: tuple[str, str] = ("email", "password")  # what the portal calls the two
    answer: str = "access_token"  # where its answer holds the token


class HttpJson(Model):
    """A JSON portal: where its rows lie, what they are called and how its pages go on, all by declaration."""

    address: str
    params: dict[str, str] = Field(default={})
    rows: Verbatim = "data"  # dotted path to the list of rows; "" where the answer is the list
    fields: dict[str, Verbatim] = Field(default={})  # column's header -> dotted path within a row; else its own keys
    skip: dict[str, tuple[str, ...]] = Field(default={})  # column's header -> words of rows that are no data
    good: dict[str, str] = Field(default={})  # dotted path -> what stands there in an answer that is no failure
    paging: Paging = Paging()
    token: str | None = None  # the environment variable that holds the bearer token
    signin: SignIn | None = None  # where a token is got anew for each run


class DjpkApbd(Model):
    """Budget and realisation of one regional government from DJPK's portal, by its own codes."""

    provinsi: str
    pemda: str
    akun: dict[str, str] = Field(default={})  # account as printed -> indicator; all accounts by their name where empty
    base: str = "https://djpk.kemenkeu.go.id/portal/csv_apbd"


class GoogleSheets(Model):
    """A sheet published to the web as CSV."""

    address: str


class Sql(Model):
    """One read-only query on an office's database."""

    url: str  # the environment variable that holds the address
    query: str


class Feed(Model):
    """A kiriman data. `columns` maps our fields to the file's headers; `defaults` fill what it does not say.

    Beside `connector` stands a group of its name, or `path` for files.
    """

    id: Id
    name: Text
    connector: ConnectorName
    path: str | None = None
    bps_webapi: BpsWebapi | None = None
    bps_simdasi: BpsSimdasi | None = None
    ckan: Ckan | None = None
    http_json: HttpJson | None = None
    djpk_apbd: DjpkApbd | None = None
    google_sheets: GoogleSheets | None = None
    sql: Sql | None = None
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
