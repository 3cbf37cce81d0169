"""One read-only query on an office's database; what it gives is kept and read like any other delivery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.feeds import Feed
from etl.catalogue.reference import Model
from etl.connectors.base import Connector, Delivery, FetchError, Reach
from etl.connectors.database.deadline import within
from etl.connectors.database.engines import explain_fault, only_reading, open_database
from etl.connectors.database.query import single_select
from etl.connectors.database.result import plain_bits, write_result
from etl.connectors.formats.json_rows import to_sheet
from etl.connectors.formats.json_text import read_json
from etl.sheets.sheet import Sheet

GRACE = 15  # seconds in which the database itself may say that it stopped the query


class Sql(Model, title="Satu kueri baca pada basis data Perangkat Daerah."):
    """One read-only query on an office's database."""

    url: str
    """Nama variabel lingkungan yang memuat alamat basis data."""
    query: str
    """Kueri SELECT."""


@dataclass(frozen=True, slots=True)
class SqlConnector(Connector):
    """Asks the database that an environment variable names. `seconds` and `most` bound the time and the rows."""

    model: ClassVar = Sql
    seconds: int = 120
    most: int = 500_000

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield the result as one JSON delivery; raises FetchError, which never repeats the address."""
        source = Sql.model_validate(feed.configuration)
        query, address = single_select(source.query), reach.secret(source.url)
        most = min(self.seconds + GRACE, feed.timeout * 0.8)  # ends before the run's own time-out, and says why
        content = within(most, source.url, lambda: self._content(address, query, source.url))
        yield Delivery(f"sql:{source.url}", content, dt.datetime.now(dt.UTC))

    def read(self, delivery: Delivery, feed: Feed) -> list[Sheet]:
        """Lay the result out under the query's column names; raises UnreadableError."""
        result = read_json(delivery.content)
        columns = [(str(name), (str(place),)) for place, name in enumerate(result["columns"])]
        return [to_sheet(result["rows"], columns)]

    def _content(self, address: str, query: str, variable: str) -> bytes:
        engine = open_database(address, variable, self.seconds)
        try:
            with engine.connect() as connection:
                return self._ask(connection, query, variable)
        except SQLAlchemyError as error:
            raise explain_fault(error, variable, self.seconds) from None
        finally:
            engine.dispose()

    def _ask(self, connection: Connection, query: str, variable: str) -> bytes:
        for statement in only_reading(connection.dialect, self.seconds):
            connection.exec_driver_sql(statement)
        # Without parameters a percent sign is one: LIKE '%…' is a common query.
        asking = connection.execution_options(stream_results=True, no_parameters=True)
        with asking.exec_driver_sql(query) as result:
            names, rows = list(result.keys()), plain_bits(result.cursor, result.fetchmany(self.most + 1))
        if len(rows) > self.most:
            raise FetchError(f"Kueri pada {variable} memberi lebih dari {self.most} baris. Persempit dengan WHERE.")
        return write_result(names, rows)


CONNECTOR = SqlConnector()
