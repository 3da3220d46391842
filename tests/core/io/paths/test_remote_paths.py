"""Files by URL: in memory, on this machine, and on a real S3 server (moto's, a process)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from astroview.core.errors import CannotSave, UnreadableFrame
from astroview.core.io.paths import remote_paths


@pytest.fixture(params=["memory", "s3"])
def base(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty folder elsewhere."""
    if request.param == "s3":
        yield f"{request.getfixturevalue('bucket')}/night 1"
        return
    import fsspec

    fsspec.filesystem("memory").rm("/", recursive=True)
    yield "memory:///night 1"
    fsspec.filesystem("memory").rm("/", recursive=True)


def test_there_and_back(base: str, tiny_frame: Path, tmp_path: Path) -> None:
    url = remote_paths.join(base, "deep/α 1.fits")
    assert remote_paths.status(url) is None
    sent = remote_paths.put(tiny_frame, url)
    assert (sent.url, sent.size) == (url, tiny_frame.stat().st_size)
    assert sent.mtime_ns > 0
    back = remote_paths.fetch(url, tmp_path / "back")
    assert back.name == "α 1.fits"
    assert back.read_bytes() == tiny_frame.read_bytes()
    assert [path.name for path in back.parent.iterdir()] == [back.name]
    assert remote_paths.sha256(url) == remote_paths.sha256(remote_paths.join(base, "deep/α 1.fits"))
    assert remote_paths.is_folder(base)
    assert not remote_paths.is_folder(url)


def test_folders_are_walked_and_hidden_names_left_out(base: str, tiny_frame: Path) -> None:
    for name in ("b.fits", "a.fits", "sub/c.fits", ".hidden.fits", ".astroview/d.fits"):
        remote_paths.put(tiny_frame, remote_paths.join(base, name))
    lists = list(remote_paths.walk(base))
    found = {(f.below, remote_paths.file_name(f.url)): f for files in lists for f in files}
    assert set(found) == {("", "a.fits"), ("", "b.fits"), ("sub", "c.fits")}
    assert found["sub", "c.fits"].url == remote_paths.join(base, "sub/c.fits")
    assert all(f.size == tiny_frame.stat().st_size for f in found.values())
    assert len([f for files in remote_paths.walk(base, recursive=False) for f in files]) == 2


def test_contents_are_told_apart(base: str, tmp_path: Path) -> None:
    keys: list[str] = []
    for i, content in enumerate((b"one", b"one", b"two")):
        (tmp_path / "x").write_bytes(content)
        remote_paths.put(tmp_path / "x", remote_paths.join(base, f"{i}.fits"))
        keys.append(remote_paths.content_key(remote_paths.join(base, f"{i}.fits")))
    assert keys[0] == keys[1] != keys[2]


def test_what_is_replaced_is_replaced_whole(base: str, tmp_path: Path) -> None:
    url = remote_paths.join(base, "x.fits")
    for content in (b"first", b"the second one"):
        (tmp_path / "x").write_bytes(content)
        remote_paths.put(tmp_path / "x", url)
    assert remote_paths.fetch(url, tmp_path).read_bytes() == b"the second one"
    assert [remote_paths.file_name(f.url) for files in remote_paths.walk(base) for f in files] == [
        "x.fits"
    ]


def test_a_failed_upload_leaves_what_was_there(base: str, tmp_path: Path) -> None:
    url = remote_paths.join(base, "x.fits")
    (tmp_path / "x").write_bytes(b"first")
    remote_paths.put(tmp_path / "x", url)
    with pytest.raises(CannotSave, match="was not saved"):
        remote_paths.put(tmp_path / "gone", url)
    assert remote_paths.fetch(url, tmp_path / "back").read_bytes() == b"first"


def test_large_files_go_up_in_parts(bucket: str, tmp_path: Path) -> None:
    """s3fs sends more than 100 MB in parts; the object appears when they are all there."""
    path = tmp_path / "large.bin"
    np.zeros(105 * 2**20, np.uint8).tofile(path)
    sent = remote_paths.put(path, f"{bucket}/large.bin")
    assert sent.size == path.stat().st_size
    assert "-" in sent.etag  # S3's way to say: in parts


def test_what_is_not_there_is_told(base: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFrame, match="no file"):
        remote_paths.fetch(remote_paths.join(base, "none.fits"), tmp_path)
    with pytest.raises(UnreadableFrame, match="no file"):
        remote_paths.content_key(remote_paths.join(base, "none.fits"))
    with pytest.raises(UnreadableFrame, match="no file"):
        remote_paths.sha256(remote_paths.join(base, "none.fits"))
    assert list(tmp_path.iterdir()) == []


def test_stores_that_refuse_or_are_not_there(
    bucket: str, tiny_frame: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotSave) as caught:
        remote_paths.put(tiny_frame, "s3://no-such-bucket-here/x.fits")
    assert caught.value.hint
    with pytest.raises(remote_paths.PlaceProblem, match="no place"):
        remote_paths.status("gopher+x://somewhere/x.fits")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(remote_paths.PlaceProblem, match="cannot be reached"):
        remote_paths.status(f"{bucket}/x.fits")


@pytest.mark.parametrize(
    ("text", "url", "path"),
    [
        ("/data/m31.fits", False, "/data/m31.fits"),
        ("C:/data/m31.fits", False, "C:/data/m31.fits"),
        ("C://data", False, "C://data"),
        ("s3://b/m31.fits", True, "s3://b/m31.fits"),
        ("file:///data/m%2031.fits", True, "/data/m 31.fits"),
        ("file://localhost/m31.fits", True, "/m31.fits"),
        ("m31://", True, "m31://"),
        ("a:b.fits", False, "a:b.fits"),
    ],
)
def test_urls_and_paths(text: str, url: bool, path: str) -> None:
    assert remote_paths.is_url(text) is url
    assert remote_paths.plain(text) == path
