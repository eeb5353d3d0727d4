"""Read the arrays of a pickle without running anything of it.

A pickle is a program that may call whatever it can name. Here steps of ours run it (see
`pickle_steps`), and every name it may use stands for an inert record (see `pickled_arrays`) or a plain
container; all other names are refused.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy.typing as npt

from flame_model.errors import HeadFileError, UnreadableError
from flame_model.files.checks import one_line
from flame_model.files.pickles import records
from flame_model.files.pickles.machine import ForbiddenNameError
from flame_model.files.pickles.steps import run_pickle
from flame_model.files.reading import Budget, read_bytes

_SIZE_LIMIT = 2**28
"""Bytes; real FLAME files stay below a third of it."""

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


def load_arrays(path: Path, wanted: Collection[str] | None = None) -> dict[str, npt.NDArray[Any]]:
    """Return the named arrays of numbers in a pickled dictionary of Python 2 or 3, without its other entries.

    Sparse matrices come written out, chumpy objects as the array they hold; what is not among `wanted` stays
    as it is. Raises HeadFileError for a file that is missing, empty, truncated, no pickle, too large, or that
    asks for anything but arrays.
    """
    try:
        data = read_bytes(path, _SIZE_LIMIT)
        budget = Budget(path)
        budget.take(len(data))
        content = _run(data, path, budget)
        return _arrays(content, path, wanted, budget)
    except UnreadableError as error:
        raise HeadFileError(f"{path}: cannot be read: {error.reason}") from error


def _run(data: bytes, path: Path, budget: Budget) -> dict[Any, Any]:
    if not data.startswith(_STARTS):
        received = f"{len(data)} bytes that begin with {data[:16]!r}"
        raise HeadFileError(f"{path}: neither a pickle nor an .npz archive, received {received}")
    try:
        content = run_pickle(data, _ALLOWED, budget)
    except UnreadableError:
        raise
    except ForbiddenNameError as error:
        raise HeadFileError(f"{path}: refused: this pickle asks for '{one_line(error)}', no array") from None
    except Exception as error:  # a broken pickle can raise nearly anything
        raise HeadFileError(
            f"{path}: not a complete pickle of arrays: {one_line(error) or type(error).__name__}"
        ) from error
    if not isinstance(content, dict):
        raise HeadFileError(f"{path}: should hold a dictionary of arrays, received {type(content).__name__}")
    return content


def _arrays(
    content: dict[Any, Any], path: Path, wanted: Collection[str] | None, budget: Budget
) -> dict[str, npt.NDArray[Any]]:
    arrays = {}
    for key, value in content.items():
        if not isinstance(key, str) or (wanted is not None and key not in wanted):
            continue
        try:
            array = records.array_from(value, budget)
        except UnreadableError:
            raise
        except Exception as error:  # records hold whatever a broken pickle put into them
            raise HeadFileError(
                f"{path}: array '{one_line(key)}' cannot be read: it holds {one_line(error)}"
            ) from error
        if array is not None:
            arrays[key] = array
    return arrays
