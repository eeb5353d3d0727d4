"""Read the arrays of a pickle without running anything of it.

A pickle is a program that may call whatever it can name. Here every name it may use stands for an inert
record of ours (see `pickled_arrays`) or a plain container; all other names are refused.
"""

from __future__ import annotations

import io
import pickle
import pickletools
from pathlib import Path
from typing import Any

import numpy.typing as npt

from flame_model import pickled_arrays as records
from flame_model.checks import one_line
from flame_model.errors import HeadFileError

_SIZE_LIMIT = 2**30
"""Bytes; real FLAME files stay below a tenth of it."""

_STARTS = (b"\x80", b"(", b"}", b"]", b"c")
"""What pickles begin with: a protocol, or where there is none their first container or name."""

_BUILTINS = ("__builtin__", "builtins")
_NUMPY = ("numpy.core", "numpy._core")
_SPARSE = {"csc": records.ColumnsRecord, "csr": records.RowsRecord, "coo": records.TriplesRecord}

_ALLOWED: dict[tuple[str, str], type] = {
    ("numpy", "ndarray"): records.ArrayRecord,
    ("numpy", "dtype"): records.DtypeRecord,
    **{(f"{package}.multiarray", "_reconstruct"): records.ArrayRecord for package in _NUMPY},
    **{(f"{package}.multiarray", "scalar"): records.ScalarRecord for package in _NUMPY},
    **{(f"{package}.numeric", "_frombuffer"): records.BufferRecord for package in _NUMPY},
    **{
        (module, f"{kind}_{suffix}"): record
        for kind, record in _SPARSE.items()
        for module in ("scipy.sparse", f"scipy.sparse.{kind}", f"scipy.sparse._{kind}")
        for suffix in ("matrix", "array")
    },
    **{(module, "Ch"): records.WrapperRecord for module in ("chumpy", "chumpy.ch")},
    **{(module, "_reconstructor"): records.RebuildRecord for module in ("copy_reg", "copyreg")},
    **{(module, "object"): records.Record for module in _BUILTINS},
    **{(module, name): records.BytesRecord for module in _BUILTINS for name in ("bytes", "bytearray")},
    ("_codecs", "encode"): records.BytesRecord,
    **{(module, kind.__name__): kind for module in _BUILTINS for kind in (set, frozenset, list, tuple, dict)},
    ("collections", "OrderedDict"): dict,
}


class _ForbiddenNameError(Exception):
    """Carry the name a pickle asked for."""


class _ArrayUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise _ForbiddenNameError(f"{module}.{name}") from None


def load_arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Return the named arrays of numbers in a pickled dictionary of Python 2 or 3, without its other entries.

    Sparse matrices come written out, chumpy objects as the array they hold. Raises HeadFileError for a file
    that is missing, empty, truncated, no pickle, too large, or that asks for anything but arrays.
    """
    content = _unpickle(_read(path), path)
    if not isinstance(content, dict):
        raise HeadFileError(f"{path}: should hold a dictionary of arrays, received {type(content).__name__}")
    arrays = {}
    for key, value in content.items():
        try:
            array = records.array_from(value) if isinstance(key, str) else None
        except (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError) as error:
            raise HeadFileError(
                f"{path}: array '{one_line(key)}' cannot be read: it holds {one_line(error)}"
            ) from error
        if array is not None:
            arrays[key] = array
    return arrays


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _SIZE_LIMIT:
            raise HeadFileError(
                f"{path}: a head file of {size} bytes is too large, {_SIZE_LIMIT} is the limit"
            )
        return path.read_bytes()
    except OSError as error:
        raise HeadFileError(f"{path}: cannot be read: {error.strerror}") from error


def _unpickle(data: bytes, path: Path) -> object:
    if not data.startswith(_STARTS):
        received = f"{len(data)} bytes that begin with {data[:16]!r}"
        raise HeadFileError(f"{path}: neither a pickle nor an .npz archive, received {received}")
    try:
        _refuse_forged_counts(data)
        return _ArrayUnpickler(io.BytesIO(data), encoding="latin1").load()
    except _ForbiddenNameError as error:
        raise HeadFileError(f"{path}: refused: this pickle asks for '{one_line(error)}', no array") from None
    except Exception as error:  # a broken pickle can raise nearly anything
        raise HeadFileError(
            f"{path}: not a complete pickle of arrays: {one_line(error) or type(error).__name__}"
        ) from error


def _refuse_forged_counts(data: bytes) -> None:
    """Raise ValueError for a length or a memo place that the file cannot fill: both reserve memory first."""
    for count, (opcode, argument, _) in enumerate(pickletools.genops(data)):
        if opcode.name in ("PUT", "BINPUT", "LONG_BINPUT") and (argument or 0) > count:
            raise ValueError(f"memo place {argument} after {count} steps")
