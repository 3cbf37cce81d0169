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
RegionScope = Literal["own", "kaltim", "all"]
FEED_FIELDS = (
    *("name", "indicator", "series", "region", "period", "value", "unit", "kind", "status", "producer"),
    *("publication", "plan", "page", "note", "numerator", "denominator"),
)
# Fields that came later: unset, they are not written, lest the hash of every stored catalogue change.
LATER_FIELDS: dict[str, Any] = {"regions": "kaltim", "rows": None, "units": {}}
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
    """Nama pendek kiriman."""
    name: Text
    """Nama kiriman."""
    connector: str
    """Cara mengambil."""
    path: str | None = None
    """Berkas di dalam proyek, boleh dengan *, misalnya data/inbox/target-*.xlsx; untuk connector file."""
    enabled: StrictBool = True
    """false: belum dijalankan; hidupkan dengan python -m etl connect KIRIMAN."""
    decimal: Literal[".", ",", "auto"]
    """Tanda desimal pada berkas; auto: tiap kolom dibaca dengan tanda yang dibuktikan selnya sendiri (0,85), dan
    dikembalikan bila tidak ada buktinya."""
    missing: tuple[Verbatim, ...] = ("",)
    """Tanda yang berarti tidak ada angka."""
    region_codes: RegionCodes | None = None
    """Sistem kode wilayah pada berkas: bps (6404) atau kemendagri (64.08 atau 6408); tanpa ini kode tanpa titik
    dikembalikan."""
    regions: RegionScope = "kaltim"
    """Wilayah yang dibaca: own hanya wilayah pada region dan bagiannya; kaltim wilayah Kalimantan Timur dan Indonesia;
    baris wilayah lain hanya dihitung sebagai di luar cakupan. all: baris wilayah lain dikembalikan."""
    rows: str | None = None
    """Letak daftar baris pada berkas JSON, misalnya mapData.ROW; untuk connector file."""
    layout: Layout | None = None
    """Bentuk lembar kerja bila bukan tabel biasa; lihat python -m etl inspect BERKAS."""
    columns: dict[str, str]
    """Nama kolom kita -> judul kolom pada berkas."""
    defaults: dict[str, str] = Field(default={})
    """Nama kolom kita -> isi bila berkas tidak memuatnya."""
    units: dict[str, str] = Field(default={})
    """Id indikator -> satuannya pada berkas, bila satu kiriman memuat beberapa indikator."""
    rules: StrictBool = False
    """Terapkan data/published/rules.yaml."""
    records: RecordKind | None = None
    """Jenis catatan bila barisnya bukan angka: action tindak lanjut, evidence bukti dukung."""
    indicators: tuple[Id, ...] = ()
    """Id indikator yang harus diisi kiriman ini; untuk templat dan Daftar Data."""
    level: RegionLevel = "regency"
    """Tingkat wilayah yang harus diisi: regency kabupaten, district kecamatan, village desa."""
    check: Literal["automatic", "steward"] = "automatic"
    """automatic: langsung dimuat; steward: menunggu pemeriksaan walidata."""
    gone: Literal["mark", "withdraw"] = "mark"
    """Angka yang tidak lagi ada di sumber yang dibaca utuh (bukan berkas): mark tetap berlaku dan ditandai; withdraw
    ditarik."""
    schedule: str | None = None
    """Jadwal WITA: menit jam tanggal bulan hari, hari dengan nama, misalnya 0 6 * * mon."""
    timeout: Whole = Field(default=900, ge=1)
    """Batas waktu satu pemuatan data, dalam detik; 900 bila tidak ditulis."""
    frequency: Frequency | None = None
    """Seberapa sering kiriman diharapkan."""
    due: Whole | None = Field(default=None, ge=1)
    """Batas kirim: banyaknya hari sesudah akhir periode."""
    grace: Whole = Field(default=0, ge=0)
    """Tambahan hari sebelum dihitung terlambat."""
    region: str | None = None
    """Kode wilayah pengirim; wilayah tuan rumah bila tidak ditulis."""
    owner: str | None = None
    """Id urusan yang mengirim."""
    since: str | None = None
    """Periode pertama yang wajib dikirim, misalnya 2026-11; sejak Pantau dipakai bila tidak ditulis."""
    returned_limit: Whole = Field(default=0, ge=0)
    """Banyaknya baris dikembalikan per pemuatan data sebelum diberitahukan; 0 bila tidak ditulis."""

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
        said = {name: value for name, value in written.items() if LATER_FIELDS.get(name, ...) != value}
        return dict.fromkeys(STORED_GROUPS) | said
