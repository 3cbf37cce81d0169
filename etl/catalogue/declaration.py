"""The model of indicators.yaml with the groups of the connectors that are registered, by which feeds are judged."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import ConfigDict, Field, create_model

from etl.catalogue.checks.parts import Transport
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Document
from etl.catalogue.reference import Model


class DeclaredFeed(Feed):
    """A feed as indicators.yaml holds it: no words but its own and those of its connector."""

    model_config = ConfigDict(extra="forbid")


def declare_document(connectors: Mapping[str, Transport]) -> type[Document]:
    """Build the model of indicators.yaml in which a feed may hold the group of any of the connectors."""
    return _document(tuple((name, each.model) for name, each in connectors.items()))


def declare_read(connectors: Mapping[str, Transport], tree: Any) -> type[Document]:
    """Build the model for one file, and ask for no connector that it does not use."""
    feeds = tree.get("feeds") if isinstance(tree, dict) else None
    listed = feeds if isinstance(feeds, list) else []
    used = {str(each.get("connector")) for each in listed if isinstance(each, dict)}
    return _document(tuple((name, connectors[name].model if name in used else Any) for name in connectors))


@cache
def _document(groups: tuple[tuple[str, Any], ...]) -> type[Document]:
    fields: dict[str, Any] = {"connector": (Literal[tuple(name for name, _ in groups)], _like(Feed, "connector"))}
    for name, model in groups:
        if model is not None:
            fields[name] = (model | None, Field(default=None, description=_group_help(name, model)))
    feed: Any = create_model("Feed", __base__=DeclaredFeed, **fields)
    return create_model("Document", __base__=Document, feeds=(tuple[feed, ...], _like(Document, "feeds")))


def _like(model: type[Model], field: str) -> Any:
    """Describe a field that is narrowed as the one that it replaces."""
    return Field(description=model.model_fields[field].description)


def _group_help(name: str, model: Any) -> str:
    about = None if model is Any else model.model_config.get("title")
    return " ".join(filter(None, (about, f"Untuk connector {name}.")))


def as_stored(feed: Feed) -> Feed:
    """Return a declared feed as the catalogue keeps it: with the one group that it has."""
    values = {name: getattr(feed, name) for name in type(feed).model_fields}
    return Feed(**{name: value for name, value in values.items() if name in Feed.model_fields or value is not None})
