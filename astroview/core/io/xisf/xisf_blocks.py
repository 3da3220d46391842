"""Data blocks of XISF files: read, checked and unpacked."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np

from astroview.core.io.xisf.xisf_header import Block, damaged

if TYPE_CHECKING:
    from astroview.core.io.byte_stores import Store

_CODECS = ("zlib", "lz4", "lz4hc", "zstd")
_HASHES = {
    "sha1": hashlib.sha1, "sha-1": hashlib.sha1, "sha256": hashlib.sha256,
    "sha-256": hashlib.sha256, "sha512": hashlib.sha512, "sha-512": hashlib.sha512,
    "sha3-256": hashlib.sha3_256, "sha3-512": hashlib.sha3_512,
}  # fmt: skip
_DAMAGED = (zlib.error, RuntimeError, ValueError, MemoryError)


def block_bytes(store: Store, block: Block, wanted: int) -> bytes:
    """The `wanted` bytes of a block. Raises UnreadableFrame when they are not there, or others."""
    packed = _packed(store, block)
    _check_sum(packed, block, store.name)
    if not block.codec:
        content = packed
    elif block.codec not in _CODECS:
        raise damaged(store.name, f"its compression ({block.codec}) is not known")
    elif block.size != wanted:
        raise damaged(store.name, f"its samples are {block.size:,} bytes instead of {wanted:,}")
    else:
        content = _unpacked(packed, block, store.name)
    if len(content) < wanted:
        raise damaged(store.name, f"{wanted - len(content):,} bytes of its samples are missing")
    return _in_order(content[:wanted], block.item)


def _packed(store: Store, block: Block) -> bytes:
    if block.inline is not None:
        return block.inline
    if block.position + block.length > store.size:
        raise damaged(store.name, "a part of its samples is missing")
    with store.open() as file:
        file.seek(block.position)
        return file.read(block.length)


def _check_sum(content: bytes, block: Block, name: str) -> None:
    method, digest = block.checksum
    known = _HASHES.get(method)
    if known is not None and known(content).hexdigest() != digest:
        raise damaged(name, "its samples are not those that its checksum was made of")


def _unpacked(packed: bytes, block: Block, name: str) -> bytes:
    parts = block.parts or ((len(packed), block.size),)
    if sum(plain for _, plain in parts) != block.size:
        raise damaged(name, "its blocks are not as many bytes as it says")
    content, at = bytearray(), 0
    for length, plain in parts:
        try:
            content += _one(packed[at : at + length], block.codec, plain)
        except _DAMAGED as problem:
            raise damaged(name, f"its samples cannot be unpacked ({problem})") from problem
        at += length
    return bytes(content)


def _one(packed: bytes, codec: str, size: int) -> bytes:
    if codec == "zlib":
        return zlib.decompressobj().decompress(packed, size)
    if codec == "zstd":
        return bytes(imagecodecs.zstd_decode(packed, out=size))
    return bytes(imagecodecs.lz4_decode(packed, header=False, out=size))


def _in_order(content: bytes, item: int) -> bytes:
    """Bytes of which the first of all items came first, then the second of all ..."""
    if item < 2:
        return content
    count = len(content) // item
    shuffled = np.frombuffer(content, np.uint8)
    ordered = shuffled[: count * item].reshape(item, count).T.tobytes()
    return ordered + content[count * item :]
