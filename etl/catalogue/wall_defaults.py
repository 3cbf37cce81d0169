"""How the wall screens are set where their address says nothing."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field

from etl.catalogue.reference import Model, whole

WallScene = Literal["dimensi", "pembangunan", "spbe", "kabupaten", "kecamatan", "perubahan", "kiriman"]
Hour = Annotated[int, Field(ge=0, le=23), BeforeValidator(whole)]
Seconds = Annotated[int, Field(ge=5, le=600), BeforeValidator(whole)]
Inches = Annotated[int, Field(ge=20, le=200), BeforeValidator(whole)]
Metres = Annotated[int, Field(ge=1, le=20), BeforeValidator(whole)]


class Wall(Model):
    """Scenes in their order, seconds for each, theme, hours of dimmed light, and the size and distance of the screen.

    By default every scene, as listed. `dim` is the hour in WITA at which the screen is dimmed, and that at which it is
    bright again.
    """

    scenes: tuple[WallScene, ...] = get_args(WallScene)
    """Tampilan yang bergiliran, menurut urutan tampil."""
    seconds: Seconds = 20
    """Berapa detik satu tampilan tampil, 5 sampai 600."""
    theme: Literal["gelap", "terang"] = "gelap"
    """gelap atau terang."""
    dim: tuple[Hour, Hour] | None = None
    """Jam mulai dan jam selesai layar diredupkan, WITA: [22, 6]."""
    inches: Inches = 55
    """Diagonal layar dalam inci; bersama jaraknya menentukan besar huruf."""
    metres: Metres = 5
    """Jarak penonton dari layar dalam meter."""
