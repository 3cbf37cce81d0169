"""The read-only API under /api/v1."""

from __future__ import annotations

from flask import Flask

from dashboard.api.blueprint import create_blueprint
from dashboard.data import Reader


def register(server: Flask, reader: Reader) -> None:
    """Add the API to a server."""
    server.register_blueprint(create_blueprint(reader))
