"""Zip archives from strangers: opened only while what they unpack to stays within the machine's memory."""

from __future__ import annotations

import io
import zipfile
import zlib

from etl.connectors.base import UnreadableError

MOST_UNPACKED = 200_000_000  # bytes; a small archive may swell to more than the machine's memory
BROKEN = "Berkas rusak atau terpotong. Buka di Excel, simpan ulang sebagai .xlsx tanpa sandi, lalu kirim lagi."


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Open the bytes as an archive; raises UnreadableError where it is damaged or unpacks to too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(BROKEN) from error
    unpacked = sum(each.file_size for each in archive.infolist())
    if unpacked > MOST_UNPACKED:
        raise UnreadableError(
            f"Berkas terlalu besar: isinya {unpacked // 1_000_000} MB, paling besar {MOST_UNPACKED // 1_000_000} MB. "
            "Hapus lembar dan gambar yang tidak perlu, atau bagi menjadi beberapa berkas."
        )
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack one part, empty where there is none; never more than its directory says. Raises UnreadableError."""
    if name not in archive.namelist():
        return b""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise UnreadableError(BROKEN) from error
