"""What decides how bytes are read beside the catalogue: this code, and for some rules the day and what stands."""

from __future__ import annotations

# Raise with every change that makes other figures or findings of the same bytes: they are then read again.
EDITION = 8

# Rules whose verdict may change although the bytes do not: by the day, or by the figures in force.
MOMENTARY = frozenset(("periode-depan", "lompatan", "kumulatif-turun"))
