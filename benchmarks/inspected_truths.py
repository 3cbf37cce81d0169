"""The sample files with the edits of a steward who knows the truth, and the truth: what each must come to.

Empty where all must go back. Left out is opd/html_disguised_as.xls: the catalogue has no indicator of its figures. A
word that is not in the draft is no edit.
"""

from __future__ import annotations

from decimal import Decimal

Edits = tuple[tuple[str, str], ...]  # what stands in the draft, what is written for it
Truth = frozenset[tuple[str, str, str, Decimal]]  # indicator and series, region, period, value


def told(text: str) -> Truth:
    """Read a truth: `gini 64 2019 0.335; gini 64 2020 0.335`."""
    words = [each.split() for each in text.split("; ") if each.strip()]
    return frozenset((one, region, period, Decimal(value)) for one, region, period, value in words)


def monthly(what: str, values: str, year: int = 2024) -> str:
    """Write the truth of the months of a year, from January on."""
    return "".join(f"{what} {year}-{month:02} {value}; " for month, value in enumerate(values.split(), 1))


def yearly(what: str, first: int, values: str) -> str:
    """Write the truth of years that follow each other."""
    return "".join(f"{what} {year} {value}; " for year, value in enumerate(values.split(), first))


def blanks(indicator: str, unit: str) -> Edits:
    """Fill the two placeholders that nameless heads leave open."""
    return (("ISI_INDIKATOR", indicator), ("ISI_SATUAN", unit))


def named(word: str, indicator: str) -> Edits:
    """Say what a row's word stands for."""
    return ((f'"{word}": ISI_INDIKATOR', f'"{word}": {indicator}'),)


def head_of(head: str, indicator: str, unit: str) -> Edits:
    """Say what a column's figures are; one line of the draft, so one edit."""
    blank = f'head: "{head}"\n          fill: {{indicator: '
    return ((f'{blank}ISI_INDIKATOR, unit: "ISI_SATUAN"', f'{blank}{indicator}, unit: "{unit}"'),)


def without(*heads: str) -> Edits:
    """Take out the entries of columns that stand together and are no indicator's."""
    entries = (
        f'        - head: "{head}"\n          fill: {{indicator: ISI_INDIKATOR, unit: "ISI_SATUAN"}}\n'
        for head in heads
    )
    return (("".join(entries), ""),)


PASER = (("ISI_WILAYAH", "64.01"), ("ISI_PERIODE", "2024"))
SPBE = (("ISI_SERI", "instrumen-2020"),)
WIFI = blanks("public-wifi-points, series: aktif", "titik")
FILES: dict[str, tuple[Edits, str]] = {
    "field/accounting_negatives.csv": (
        blanks("lpe", "%"),
        "lpe 64.01 2020 -2.81; lpe 64.08 2020 -3.05; lpe 64.09 2020 -2.34; lpe 64.03 2020 -3.35; lpe 64.07 2020 -2.86",
    ),
    "field/blank_number_head.csv": (blanks("iklh", "indeks"), "iklh 64.01 2023 62.41; iklh 64.08 2023 60.1"),
    "field/cell_errors_as_text.csv": (WIFI, "public-wifi-points 64.01.01 2025-09 7"),
    "field/decimal_commas_under_point.csv": (
        (),
        "investment-pma 64.01 2024 12.345; investment-pma 64.08 2024 0.85; investment-pma 64.09 2024 1.2",
    ),
    "field/dukcapil_in_title.xlsx": (
        (("indicator: population", "indicator: population, series: dukcapil"), ("ISI_SATUAN", "jiwa")),
        "population 64.01.04 2024 80211; population 64.01.05 2024 29010; population 64.01.06 2024 43900",
    ),
    "field/float_codes_and_years.csv": (
        blanks("desa-mandiri, series: idm", "desa"),
        "desa-mandiri 64.01 2023 31; desa-mandiri 64.08 2023 52; desa-mandiri 64.09 2023 11",
    ),
    "field/idm_four_region_columns.xlsx": (
        (*without("IKS 2024", "IKE 2024", "IKL 2024"), *blanks("village-index, series: idm", "indeks")),
        "village-index 64.01.04.2015 2024 0.7970; village-index 64.01.04.2003 2024 0.8640; "
        "village-index 64.01.05.2010 2024 0.7149",
    ),
    "field/inflation_m_to_m.csv": (
        (("indicator: inflation,", "indicator: inflation-mtm,"),),
        monthly("inflation-mtm 64.09", "0.11 0.25 0.52 -0.05 0.02 -0.13 -0.21 -0.07 -0.12 0.05 0.27 0.44")
        + monthly("inflation-mtm 64", "0.04 0.24 0.48 0.1 0.01 -0.05 -0.09 -0.02 -0.1 0.09 0.31 0.41"),
    ),
    "field/months_in_heads_year_nowhere.csv": (
        (("ISI_TAHUN", "2024"), ("ISI_SATUAN", "ribu jiwa"), ('"Rp"', '"Rp/kapita/bulan"')),
        "poverty-line 64 2024-03 866193; poverty-line 64 2024-09 897759; "
        "poverty-line ID 2024-03 609160; poverty-line ID 2024-09 641443; "
        "poor-population 64 2024-03 211880; poor-population 64 2024-09 199710; "
        "poverty-rate 64 2024-03 5.17; poverty-rate 64 2024-09 4.87; "
        "poverty-rate ID 2024-03 8.47; poverty-rate ID 2024-09 8.25",  # the nation's poor go back
    ),
    "field/percent_as_fraction.xlsx": (blanks("poverty-rate", "%"), ""),
    "field/places_with_address.csv": (
        WIFI,
        "public-wifi-points 64.01.04 2025-09 2; public-wifi-points 64.01.05 2025-09 1",
    ),
    "field/sub_sls_codes.csv": (
        WIFI,
        "public-wifi-points 64.09.01 2025-09 2; public-wifi-points 64.09.02 2025-09 1; "
        "public-wifi-points 64.09.03 2025-09 3",
    ),
    "field/tahun_heads_the_regions.xlsx": (
        blanks("gini", "rasio"),
        "gini 64 2019-03 0.335; gini 64 2020-03 0.335; gini 64 2021-03 0.331; gini 64 2022-03 0.317; "
        "gini ID 2019-03 0.38; gini ID 2020-03 0.385; gini ID 2021-03 0.381; gini ID 2022-03 0.381",
    ),
    "field/lra_two_years.xlsx": (
        (
            *named("PENDAPATAN DAERAH", "apbd-revenue"),
            *named("PENDAPATAN ASLI DAERAH (PAD)", "pad"),
            *named("BELANJA DAERAH", "apbd-expenditure"),
            *named("SISA LEBIH PEMBIAYAAN ANGGARAN (SILPA)", "silpa"),
            ("ISI_SATUAN", "Rp"),
        ),
        "apbd-revenue 64.01 2024 2911.02033411255; apbd-revenue 64.01 2023 2640.1102210091; "
        "pad 64.01 2024 245.3312201182; pad 64.01 2023 201.998110554; "
        "apbd-expenditure 64.01 2024 2998.77120433; apbd-expenditure 64.01 2023 2512.44010020075; "
        "capital-expenditure 64.01 2024 790.55412; capital-expenditure 64.01 2023 601.22011; "
        "silpa 64.01 2024 289.09856437155; silpa 64.01 2023 376.849434589",
    ),
    "field/money_with_M.csv": (
        (
            *named("Pendapatan Daerah", "apbd-revenue"),
            *named("Belanja Daerah", "apbd-expenditure"),
            *PASER,
            ("ISI_SATUAN", "miliar Rp"),
        ),
        "apbd-revenue 64.01 2024 2479.31; pad 64.01 2024 504.51; "
        "apbd-expenditure 64.01 2024 2748.31; capital-expenditure 64.01 2024 799.02",
    ),
    "field/decile_heads.xlsx": (
        (
            ("ISI_INDIKATOR", "dtsen-families"),
            ("ISI_SATUAN", "keluarga"),
            ("ISI_SERI", "desil-5-10"),
        ),
        "".join(
            f"dtsen-families 64.01.{place} 2025-Q2 {value}; "
            for place, values in (("04", "1210 1480 1502 1611 9800"), ("05", "640 702 711 690 3210"))
            for value in values.split()
        ),
    ),
    "field/month_short_forms.xlsx": (
        (
            *named("Aduan SP4N masuk", "lapor-received"),
            *named("Aduan SP4N selesai", "lapor-completed"),
            ("ISI_SATUAN", "aduan"),
        ),
        monthly("lapor-received 64.01", "10 12 9 8 14 11 13 15 9 8 7", 2025)
        + monthly("lapor-completed 64.01", "9 12 9 8 13 11 12 14 9 8 6", 2025),
    ),
    "field/puskesmas_in_kecamatan.xlsx": (
        (
            *without(
                "JUMLAH BALITA DIUKUR", *(f"TB/U > {each}" for each in ("SANGAT PENDEK", "PENDEK", "NORMAL", "TINGGI"))
            ),
            ("ISI_INDIKATOR", "stunting, series: eppgbm"),
        ),
        "",
    ),
    "field/years_under_blank_head.csv": (
        (*without("Pelayanan Umum", "Ekonomi"), *PASER, *head_of("Kesehatan", "midwives", "orang")),
        yearly("midwives 64.01", 2010, "23 44 47"),
    ),
    "field/nested_dropped.json": ((), ""),
    "opd/dda_wide_year_merged.xlsx": (
        (("ISI_SERI", "proyeksi"),),
        "population 64.01.01 2020 26100; population 64.01.01 2021 26500; population 64.01.01 2022 26900; "
        "population 64.01.01 2023 27100; population 64.01.01 2024 27400; population 64.01.04 2020 80200; "
        "population 64.01.04 2022 81600; population 64.01.04 2023 82400; population 64.01.04 2024 83100; "
        "population 64.01.10 2020 6000; population 64.01.10 2021 0; population 64.01.10 2024 6200; "
        "population 64.01.06 2022 43600; population 64.01.06 2023 44000; "
        "population 64.01 2022 283000; population 64.01 2023 287100; population 64.01 2024 296400",
    ),
    "opd/iklh.csv": (
        PASER,
        "ika 64.01 2024 54.17; iku 64.01 2024 89.05; ikl 64.01 2024 80.11; iklh 64.01 2024 73.48; "
        "ika 64.09 2024 52; iku 64.09 2024 88.21; ikl 64.09 2024 61.3; iklh 64.09 2024 68.02",
    ),
    "opd/sp4n_lapor_rekap.csv": (
        (
            *without("Belum Terverifikasi", "Belum Ditindaklanjuti", "Proses"),
            *PASER,
            *head_of("Total", "lapor-received", "aduan"),
            *head_of("Selesai", "lapor-completed", "aduan"),
        ),
        "lapor-received 64.01 2025-09 51; lapor-completed 64.01 2025-09 44",
    ),
    "opd/spbe_indeks.csv": (SPBE, yearly("spbe 64.01", 2018, "1.85 1.69 1.69 1.36 2.83 2.9 3.27")),
    "ckan/resource_indeks_spbe_decimal_comma.csv": (
        SPBE,
        yearly("spbe 64.01", 2018, "1.85 1.69 1.69 1.36 2.83 2.9 3.27"),
    ),
    "ckan/datastore_search_p1.json": ((), ""),
    "bps/data_annual.json": ((), ""),
    "djpk/csv_apbd_type_apbd_periode_9_tahun_2025_provinsi_17_pemda_XX.csv": (
        (
            *named("Pendapatan Daerah", "apbd-revenue"),
            *named("Belanja Daerah", "apbd-expenditure"),
            ("ISI_WILAYAH", "64.01"),
            ("ISI_PERIODE", "2025-Q3"),
            ("ISI_SATUAN", "Rp"),
        ),
        "apbd-revenue 64.01 2025-Q3 2480; pad 64.01 2025-Q3 255; "
        "apbd-expenditure 64.01 2025-Q3 1980; capital-expenditure 64.01 2025-Q3 410",
    ),
    "opensid/statistik_penduduk.json": (
        (
            ("ISI_WILAYAH", "64.01.04.2001"),
            *PASER,
            *head_of("attributes.jumlah", "population, series: dukcapil", "jiwa"),
        ),
        "population 64.01.04.2001 2024 1020",
    ),
    "portal/jabar_bigdata_limit_skip.json": (SPBE, yearly("spbe 64.01", 2018, "1.85 1.69 1.69 1.36 2.83")),
    "portal/laravel_resource_p1.json": (
        blanks("spbe, series: instrumen-2020", "indeks"),
        yearly("spbe 64.01", 2018, "1.85 1.69 1.69 1.36"),
    ),
}
