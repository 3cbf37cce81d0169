"""The API as it takes pushes, over known feeds: served by Flask's own server, or by gunicorn as in use."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import cast

from flask import Flask

from dashboard.api.api_blueprint import create_blueprint
from dashboard.data import Reader
from etl.catalogue.feeds import Feed
from tests.unit.api.samples import FakeReader, catalogue, text

SECRET = "rahasia-benar"


def push_server(inbox: str) -> Flask:
    """Make the application that puts pushes into an inbox."""
    known = catalogue(
        feeds=(
            _feed("layanan", "data/inbox/layanan/*"),
            _feed("lain", "data/inbox/lain/*.csv"),
            _feed("terbit", "data/published/terbit.csv"),
        )
    )
    digest = hashlib.sha256(SECRET.encode()).hexdigest()
    reader = FakeReader(known=known, tokens=dict.fromkeys(("layanan", "lain", "terbit", "hilang"), digest))
    app = Flask("test")
    app.register_blueprint(create_blueprint(cast(Reader, reader), Path(inbox)))
    return app


def _feed(id: str, path: str) -> Feed:
    return Feed(id=id, name=text(id), connector="file", path=path, decimal=",", columns={"value": "Nilai"})
