"""Is the process alive, may it take traffic, and what a monitor wants to know: /healthz, /readyz, /metrics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from dashboard.data import Reader


@dataclass(eq=False)
class Warmth:
    """Whether this worker has finished one request of each kind."""

    warm: bool = False


@dataclass(frozen=True, eq=False)
class WarehouseCollector(Collector):
    """Gauges read from the warehouse at scrape; an unreachable one is a gauge at 0, not an error."""

    reader: Reader
    warmth: Warmth

    def collect(self) -> Iterable[GaugeMetricFamily]:
        yield GaugeMetricFamily("pantau_worker_warm", "1 when the worker is warm", value=int(self.warmth.warm))
        try:
            gauges = list(self._warehouse())
        except SQLAlchemyError:
            gauges = []
        yield GaugeMetricFamily("pantau_warehouse_up", "1 when the warehouse can be read", value=int(bool(gauges)))
        yield from gauges

    def _warehouse(self) -> Iterable[GaugeMetricFamily]:
        vintage = self.reader.vintage()
        yield GaugeMetricFamily(
            "pantau_vintage", "Number of the current vintage", value=vintage.number if vintage else 0
        )
        success = GaugeMetricFamily("pantau_feed_last_success_seconds", "Time of the last load", labels=["feed"])
        refused = GaugeMetricFamily("pantau_feed_refused_rows", "Refused rows of the last load", labels=["feed"])
        for status in self.reader.feed_status():
            if status.last_success:
                success.add_metric([status.feed], status.last_success.timestamp())
            refused.add_metric([status.feed], status.refused)
        yield from (success, refused)


def obstacles(reader: Reader, warmth: Warmth) -> list[str]:
    """Say why this worker should not take traffic; empty when it may."""
    cold = [] if warmth.warm else ["proses web belum selesai disiapkan; tunggu beberapa detik"]
    try:
        return cold + reader.problems()
    except SQLAlchemyError as error:
        return [*cold, f"gudang data tidak terjangkau: {error.__class__.__name__}; jalankan: python -m etl migrate"]


def register(server: Flask, reader: Reader) -> Warmth:
    """Add the three addresses; returns the flag that the warming sets."""
    warmth = Warmth()
    registry = CollectorRegistry()
    registry.register(WarehouseCollector(reader, warmth))

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @server.get("/readyz")
    def readyz() -> tuple[Response, int]:
        found = obstacles(reader, warmth)
        return jsonify(status="not ready" if found else "ready", problems=found), 503 if found else 200

    @server.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return warmth
