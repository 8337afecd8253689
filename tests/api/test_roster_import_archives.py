"""ZIP files as people and attackers make them."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.imports import files as archives
from api.imports.files import ARCHIVE_CODES, open_archive
from domain.issues import hint, sentence

NAMES = ("areas.csv", "units.csv")


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return body.getvalue()


GOOD = zipped(("areas.csv", b"external_id,name\nN,Nord\n"), ("units.csv", b"x" * 500))


def code(body: bytes) -> str:
    opened = open_archive(body, names=NAMES)
    assert opened.files == {}
    (issue,) = opened.issues
    for language in ("da", "en"):
        assert "…" not in sentence(issue.code, issue.params, language, catalogue=ARCHIVE_CODES)
        assert hint(issue.code, language, params=issue.params, catalogue=ARCHIVE_CODES)
    return issue.code


def test_files_are_found_in_any_folder_in_any_case_and_beside_what_macos_adds() -> None:
    body = zipped(
        ("roster/", b""),
        ("roster/Areas.CSV", b"1"),
        ("roster/.DS_Store", b"x"),
        ("__MACOSX/roster/._areas.csv", b"x"),
        ("units.csv", b"2"),
    )
    assert open_archive(body, names=NAMES).files == {"areas.csv": b"1", "units.csv": b"2"}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_way_of_packing_is_read(method: int) -> None:
    assert open_archive(zipped(("areas.csv", b"1" * 99), method=method), names=NAMES).files["areas.csv"] == b"1" * 99


@pytest.mark.parametrize("body", [b"", b"external_id,name\n", b"PK\x03\x04", GOOD[:-30], b"\x00" * 25_000_000])
def test_what_is_no_zip_is_said(body: bytes) -> None:
    assert code(body) == "not-a-zip"


def test_a_file_that_is_not_known_twice_there_or_missing_is_said() -> None:
    assert code(zipped(("areas.csv", b""), ("secrets.csv", b""))) == "unknown-file"
    assert code(zipped(("areas.csv", b""), ("old/areas.csv", b""))) == "file-twice"
    assert code(zipped(("readme/", b""))) == "empty-archive"
    assert code(zipped(*((f"{number}/areas.csv", b"") for number in range(51)))) == "too-many-files"


def test_an_unknown_file_named_like_a_cpr_number_is_not_repeated() -> None:
    assert "010119" not in str(open_archive(zipped(("010119-1234.csv", b"")), names=NAMES))


def test_a_locked_file_is_said() -> None:
    body = bytearray(zipped(("areas.csv", b"1")))
    body[body.index(b"PK\x01\x02") + 8] |= 1  # the flag in the central directory
    assert code(bytes(body)) == "encrypted-file"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 1_000_000)
    bomb = zipped(("areas.csv", b"0" * 600_000), ("units.csv", b"0" * 600_000))
    assert len(bomb) < 3_000
    assert code(bomb) == "archive-too-large"


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_zip_never_raises(changes: list[tuple[int, int]]) -> None:
    body = bytearray(GOOD)
    for at, byte in changes:
        body[at] = byte
    opened = open_archive(bytes(body), names=NAMES)
    assert bool(opened.issues) != bool(opened.files)
