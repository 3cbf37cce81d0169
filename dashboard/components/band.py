"""Bands of achievement in their colours, positions in one neutral hue: a fill and a word. Arrows are for changes."""

from __future__ import annotations

from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import HIDDEN
from dashboard.language import t
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue
from etl.measures.achievement import band
from etl.measures.valuation import ACHIEVEMENT_SCHEME, POSITION_SCHEME


def ball(level: int) -> Component:
    """Return the fill of a band, 1 (empty) to 5 (full); the word beside it speaks."""
    return html.Span(className=f"pt-ball pt-fill-{level}", **HIDDEN)


def band_word(catalogue: Catalogue, level: int, noun: str, lang: Lang) -> str:
    """Return the band's word with its noun: skor tinggi, capaian rendah (en: high score)."""
    label = catalogue.scheme[ACHIEVEMENT_SCHEME].bands[level - 1].label.get(lang).lower()
    return t(f"home.band_{noun}", lang, band=label)


def level_of(catalogue: Catalogue, value: Fraction) -> int:
    """Return the band of an achievement."""
    return band(catalogue.scheme[ACHIEVEMENT_SCHEME], value)


def word(catalogue: Catalogue, level: int, noun: str, lang: Lang) -> Component:
    """Return fill and word in the band's colour."""
    return html.Span([ball(level), " ", band_word(catalogue, level, noun, lang)], className=f"pt-word pt-band-{level}")


def position_words(catalogue: Catalogue, level: int, lang: Lang) -> str:
    """Return a position's word: di tengah, dekat acuan terbaik."""
    return catalogue.scheme[POSITION_SCHEME].bands[level - 1].label.get(lang).lower()
