"""Tiny files, made by code, on which a reader once crashed, hung, took gigabytes or gave no sentence."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from mappings.signals import SIGNAL_COUNT
from tests.robustness.fuzz.mutate import _HEADERS
from tests.robustness.fuzz.samples import FRAMES, gathered, mapping_files, npz, take_files, written, zipped


class Case(NamedTuple):
    """A file and the reader that gets it."""

    reader: str
    name: str
    """Name of the file, with the suffix by which readers recognise it."""
    content: bytes


_SMALL = 10_000


def corpus() -> Iterator[Case]:
    """Yield every case."""
    for name, content in _pickles().items():
        yield Case("head", f"{name}.pkl", content)
        if len(content) < _SMALL:
            yield Case("companion", "FLAME_masks.pkl", content)
    for reader, keys in _MANY.items():
        yield Case(reader, "many.npz", _many_zeros(keys))
        yield Case(reader, "unknown.npz", _many_zeros([f"unknown{index}" for index in range(60)]))
    yield Case("head", "sparse.npz", _sparse_head())
    yield Case("head", "bomb.zip", zipped(**{"generic_model.pkl": bytes(2**26)}))
    yield from _headers()
    yield from _archives()
    yield from _texts()
    yield from _degenerate_takes()
    yield from _other_types()


_MANY = {
    "take": ("time_s", "found", "scores", "landmarks", "T_camera_face", "image_size"),
    "head": ("v_template", "f", "shapedirs", "posedirs", "weights", "J_regressor", "kintree_table"),
    "gathered": ("scores", "landmarks", "T_camera_face", "time_s", "frame", "clip", "person", "left_out"),
    "labels": ("exp", "jaw_pose", "eye_pose", "scores", "frame"),
    "identity": ("betas", "identity", "shape"),
    "companion": ("mean", "vt", "ft"),
}


def _pickles() -> dict[str, bytes]:
    nested = b"\x80\x02}" + b")" + b"\x85" * 250_000 + b"K\x01s."
    doubling = b"\x80\x02}" + b"K\x01\x85q\x00" + b"h\x00\x86q\x00" * 60 + b"K\x01s."
    colliding = b"".join(
        b"\x8a\x10" + ((2**61 - 1) * n).to_bytes(16, "little") + b"K\x01" for n in range(1, 9000)
    )
    lists = b"\x80\x02}U\x01x]q\x000" + b"](h\x00h\x00eq\x000" * 50 + b"h\x00s."
    copies = b"](" + b"K\x01" * 3000 + b"eq\x000" + b"c__builtin__\nlist\nh\x00\x85R" * 25_000
    return {
        "nested_key": nested,
        "doubling_key": doubling,
        "doubling_lists": lists,
        "colliding": b"\x80\x02}(" + colliding + b"u.",
        "deep_value": b"\x80\x02}U\x01x" + b"]" * 100_000 + b"a" * 99_999 + b"s.",
        "endless_copies": b"\x80\x02}U\x01x(" + copies + b"1h\x00s.",
        "overflowing_lengths": _sparse_pickle([0, 2**62, 2**63 - 1, -(2**62), 5]),
        "memo_place": b"\x80\x02}r\xff\xff\xff\x7f.",
        "long_number": b"(L" + b"9" * 100_000 + b"L\n.",
    }


def _sparse_pickle(places: list[int]) -> bytes:
    import pickle

    from scipy import sparse

    matrix = sparse.csc_matrix(np.ones((5, 4)))
    matrix.indptr = np.array(places, dtype=np.int64)
    matrix.indices, matrix.data = np.zeros(5, dtype=np.int64), np.ones(5)
    return pickle.dumps({"J_regressor": matrix}, protocol=2)


def _many_zeros(names: Any) -> bytes:
    """Return an archive of 40 KB whose arrays are 0.3 GB each where they are read."""
    shape = (
        struct.pack("<H", 118)
        + b"{'descr': '<f8', 'fortran_order': False, 'shape': (40000000,), }".ljust(117)
        + b"\n"
    )
    head = b"\x93NUMPY\x01\x00" + shape
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            # The declared size is a lie that costs nothing to write: the data are a thousand bytes.
            archive.writestr(f"{name}.npy", head + bytes(1000))
    content = bytearray(memory.getvalue())
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 24 : place + 28] = struct.pack("<I", len(head) + 320_000_000)
        place = content.find(b"PK\x01\x02", place + 4)
    return bytes(content)


def _sparse_head() -> bytes:
    names = ("identity_basis", "expression_basis", "pose_correctives", "joint_regressor", "eyelid_basis")
    parts = {f"{name}.shape": np.array([200_000, 3, 400]) for name in names}
    parts |= {f"{name}.gaps": np.zeros(0, np.int32) for name in names}
    return npz(flame_cam_head=1, **parts, **{f"{name}.values": np.zeros(0) for name in names})


def _headers() -> Iterator[Case]:
    for index, header in enumerate(_HEADERS):
        array = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + bytes(64)
        for reader, name, key in (
            ("take", f"header{index}.npz", "time_s"),
            ("identity", f"header{index}.npz", "betas"),
            ("gathered", f"header{index}.npz", "version"),
            ("companion", "FLAME_texture.npz", "mean"),
        ):
            yield Case(reader, name, zipped(**{f"{key}.npy": array}))
        yield Case("identity", f"header{index}.npy", array)
        yield Case("mapping", "bs2exp.npy", array)


def _archives() -> Iterator[Case]:
    whole = take_files()["take.npz"]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", method) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        for damaged in (memory.getvalue(), memory.getvalue().replace(b"\x00\x00", b"\x07\x00", 40)):
            yield Case("take", f"method{method}.npz", damaged)
    encrypted = bytearray(whole)
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        encrypted[encrypted.find(mark) + place] |= 1
    yield Case("take", "encrypted.npz", bytes(encrypted))
    yield Case("head", "encrypted.zip", bytes(encrypted).replace(b".npy", b".pkl"))
    for reader in ("take", "head", "gathered", "labels", "identity", "bundle"):
        yield Case(reader, "empty.npz", b"")
        yield Case(reader, "no_members.npz", zipped())


def _texts() -> Iterator[Case]:
    hostile = {
        "digits": b"9" * 5000,
        "hexadecimal": b"0x" + b"f" * 5000,
        "nan": b"NaN",
        "deep": b"[" * 100_000,
        "tables": b'{"a":' * 50_000,
        "twice": b'{"1": 1, "1": 2}',
        "surrogate": b'{"\\ud800": 1}',
        "latin": b"\xff\xfe\x00[",
        "nothing": b"",
        "bom": b"\xef\xbb\xbf",
        "null": b"null",
        "word": b'"word"',
        "huge": b"[1e999]",
        "list": b'{"betas": {"a": 1}}',
        "mixed": b"[[1], [1, 2]]",
    }
    for name, content in hostile.items():
        yield Case("identity", f"{name}.json", content)
        yield Case("about", "about.json", content)
        yield Case("mapping", "mapping.json", content)
        yield Case("profile", f"{name}.toml", b"mirror_average = " + content)
        yield Case("profile", f"{name}.toml", b"[lids]\nleft = " + content)
    yield Case("profile", "dots.toml", b".".join([b"a"] * 5000) + b" = 1")
    card = mapping_files()["mapping.json"]
    for count in (b"1e99", b"9" * 400, b"-1", b"99999999999", b"true"):
        yield Case("mapping", "mapping.json", card.replace(b": 12", b": " + count))
    yield Case("mapping", "mapping.json", card.replace(b'"jaw": 0.5', b'"jaw": "high"'))


def _degenerate_takes() -> Iterator[Case]:
    data = gathered()
    arrays = {
        key: np.array(getattr(data, key)) for key in ("scores", "landmarks", "T_camera_face", "image_size")
    }
    for name, key, row in (
        ("one_place", "landmarks", np.full((478, 3), 5.0)),
        ("one_line", "landmarks", np.linspace(0, 9, 478)[:, None] * np.ones(3)),
        ("far", "landmarks", np.full((478, 3), 1e30)),
        ("not_finite", "landmarks", np.full((478, 3), np.nan)),
        ("singular", "T_camera_face", np.zeros((4, 4))),
        ("mirrored", "T_camera_face", np.diag([1.0, 1.0, -1.0, 1.0])),
        ("no_turn", "T_camera_face", np.full((4, 4), 7.0)),
        ("loud", "scores", np.full(SIGNAL_COUNT, 50.0)),
        ("no_scores", "scores", np.full(SIGNAL_COUNT, np.inf)),
        ("no_picture", "image_size", np.zeros(2)),
    ):
        spoiled = {**arrays, key: arrays[key].astype(np.float64)}
        spoiled[key][1] = row
        yield Case(
            "take", f"{name}.npz", npz(time_s=np.arange(FRAMES) / 30, found=np.ones(FRAMES), **spoiled)
        )
    yield Case("take", "instant.npz", npz(time_s=[0.0, 5e-324, 1e-323], found=np.ones(FRAMES), **arrays))
    yield Case("take", "ages.npz", npz(time_s=[-1e308, 0.0, 1e308], found=np.ones(FRAMES), **arrays))


def _other_types() -> Iterator[Case]:
    """Yield valid archives whose arrays are of other types and shapes than they should be."""
    kinds = (
        "words",
        np.array(["a"] * FRAMES),
        3.5,
        np.array(b"x"),
        np.zeros((2, 2, 2)),
        np.array([1j] * FRAMES),
    )
    for reader, (name, whole) in {
        "take": next(iter(take_files().items())),
        "gathered": ("data.npz", written(gathered().save, "data.npz")),
        "mapping": ("response.npz", mapping_files()["response.npz"]),
    }.items():
        arrays = dict(np.load(io.BytesIO(whole)))
        for key in arrays:
            for value in (*kinds, np.array([{}], dtype=object)):
                yield Case(reader, name, npz(**{**arrays, key: value}))
