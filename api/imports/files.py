"""The files in the body of an import: a ZIP opened with care, since anybody may have made it."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass, field

from domain.cells import quoted
from domain.issues import Entry, Param, RowIssue, entry

MAX_BYTES = 200_000_000  # of all files together, unpacked
MAX_ENTRIES = 50
# What zipfile raises for damaged bytes, of methods it does not know and of bad offsets too.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, ValueError)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Archive:
    """The files by name, and why some cannot be had."""

    files: dict[str, bytes] = field(default_factory=dict)
    issues: tuple[RowIssue, ...] = ()


class _Refused(Exception):
    def __init__(self, code: str, *, file: str | None = None, **params: Param) -> None:
        super().__init__(code)
        self.issue = RowIssue(file, None, None, code, params)


def open_archive(body: bytes, *, names: Collection[str]) -> Archive:
    """The files of `names` in a ZIP, in whatever folder they lie; what macOS adds is passed over.

    Never raises for bad input: what is wrong with the archive is an issue, and then there are no files.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return Archive(_read(archive, _wanted(archive, names)))
    except _Refused as refused:
        return Archive(issues=(refused.issue,))
    except BROKEN_ZIP:
        return Archive(issues=(RowIssue(None, None, None, "not-a-zip"),))


def _wanted(archive: zipfile.ZipFile, names: Collection[str]) -> dict[str, zipfile.ZipInfo]:
    entries = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if len(entries) > MAX_ENTRIES:
        raise _Refused("too-many-files", count=len(entries), limit=MAX_ENTRIES)
    wanted: dict[str, zipfile.ZipInfo] = {}
    for info in entries:
        folder, _, name = info.filename.rpartition("/")
        if folder.startswith("__MACOSX") or name.startswith("."):
            continue
        known = name.lower()
        if known not in names:
            raise _Refused("unknown-file", name=quoted(name), names=", ".join(names))
        if known in wanted:
            raise _Refused("file-twice", file=known, name=known)
        if info.flag_bits & _ENCRYPTED:
            raise _Refused("encrypted-file", file=known, name=known)
        wanted[known] = info
    if not wanted:
        raise _Refused("empty-archive", names=", ".join(names))
    return wanted


def _read(archive: zipfile.ZipFile, wanted: dict[str, zipfile.ZipInfo]) -> dict[str, bytes]:
    """Unpack no more than allowed, whatever the sizes in the archive claim."""
    files: dict[str, bytes] = {}
    left = MAX_BYTES
    for name, info in wanted.items():
        with archive.open(info) as entry_file:
            files[name] = entry_file.read(left + 1)
        left -= len(files[name])
        if left < 0:
            raise _Refused("archive-too-large", limit=MAX_BYTES // 1_000_000)
    return files


ARCHIVE_CODES: dict[str, Entry] = {
    "not-a-zip": entry(
        "Filen er ikke en ZIP-fil, eller den er beskadiget.",
        "The file is not a ZIP file, or it is damaged.",
        "Pak CSV-filerne i en almindelig ZIP-fil, og send den igen.",
        "Pack the CSV files into an ordinary ZIP file and send it again.",
    ),
    "encrypted-file": entry(
        "Filen {name} i ZIP-filen er låst med en adgangskode.",
        "The file {name} in the ZIP file is locked with a password.",
        "Pak filerne uden adgangskode; forbindelsen er krypteret.",
        "Pack the files without a password; the connection is encrypted.",
    ),
    "too-many-files": entry(
        "ZIP-filen har {count} filer; der må højst være {limit}.",
        "The ZIP file holds {count} files; {limit} is the most.",
        "Pak kun de filer, der skal indlæses.",
        "Pack only the files that are to be imported.",
    ),
    "unknown-file": entry(
        "Filen »{name}« i ZIP-filen kendes ikke.",
        "The file “{name}” in the ZIP file is not known.",
        "ZIP-filen må kun indeholde: {names}.",
        "The ZIP file may only hold: {names}.",
    ),
    "file-twice": entry(
        "{name} er i ZIP-filen mere end én gang.",
        "{name} is in the ZIP file more than once.",
        "Behold den rigtige, og slet den anden.",
        "Keep the right one and remove the other.",
    ),
    "empty-archive": entry(
        "ZIP-filen indeholder ingen af filerne.",
        "The ZIP file holds none of the files.",
        "Den skal indeholde mindst én af: {names}.",
        "It must hold at least one of: {names}.",
    ),
    "archive-too-large": entry(
        "Filerne i ZIP-filen fylder over {limit} MB, når de er pakket ud.",
        "The files in the ZIP file take more than {limit} MB when unpacked.",
        "Kontrollér, at det er de rigtige filer, eller del dem op.",
        "See that these are the right files, or split them.",
    ),
}
