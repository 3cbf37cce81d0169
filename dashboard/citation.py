"""Who made a figure and where it was read, in one phrase: the producer, and whoever quoted it."""

from __future__ import annotations

from typing import get_args

from dashboard.language import messages, t
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue
from etl.catalogue.reference import Channel
from etl.measures.observation import Observation

CHANNELS: tuple[Channel, ...] = get_args(Channel)


def cited(catalogue: Catalogue, observation: Observation, lang: Lang) -> str:
    """Return the producer, and who quoted the figure where that is another: "KemenPANRB, dikutip Daily Kaltim"."""
    made = catalogue.producer.get(observation.producer)
    producer = (made.short or made.name) if made else observation.producer
    found = catalogue.publication.get(observation.publication)
    if found is None:
        return f"{producer} ({observation.publication})"
    names = {producer, made.name} if made else {producer}
    if found.channel == "official" and any(_same_house(each, found.publisher) for each in names):
        return found.publisher
    key = "indicator.cited_copy" if found.channel == "copy" else "indicator.cited"
    publisher = messages().get(f"publishers.{found.publisher}", {}).get(lang, found.publisher)
    return t(key, lang, producer=producer, publisher=publisher)


def _same_house(producer: str, publisher: str) -> bool:
    """Tell whether an office quotes itself, as "BPS Kaltim" does a figure of BPS."""
    return producer.casefold() in publisher.casefold()


def source_kind(catalogue: Catalogue, publication: str) -> Channel:
    """Return how a figure was read: in an official release, a copy, or the press. What offices send is official."""
    found = catalogue.publication.get(publication)
    return found.channel if found else "official"


def kind_word(kind: Channel, lang: Lang) -> str:
    """Return the word for a kind of source: resmi, salinan, berita."""
    return t(f"indicator.kind_{kind}", lang)


def read_in(catalogue: Catalogue, kind: Channel) -> dict[str, frozenset[str]]:
    """Return the filters of a query that leave the figures of one kind of source."""
    ids = {each: frozenset(p.id for p in catalogue.publications if p.channel == each) for each in CHANNELS}
    if kind == "official":
        return {"without": ids["copy"] | ids["press"]}
    return {"within": ids[kind]}
