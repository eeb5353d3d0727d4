"""Read the arrays in a pickle without running any code that the pickle names.

A pickle is a program that may call anything it can name. Here a machine of our own runs it (`opcodes`,
`stack_machine`); every permitted name stands for an inert record (`array_records`, `sparse_records`) or a
plain container, and all other names are refused.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from flame_model.arrays import Array
from flame_model.errors import HeadFileError, UnreadableError
from flame_model.files.checks import one_line
from flame_model.files.pickles import array_records, sparse_records
from flame_model.files.pickles.opcodes import run_pickle
from flame_model.files.pickles.stack_machine import ForbiddenNameError
from flame_model.files.reading import Budget, expecting, read_bytes

_SIZE_LIMIT = 2**28
"""Bytes; published FLAME files stay below a third of it."""

_STARTS = (b"\x80", b"(", b"}", b"]", b"c")
"""First byte of a pickle: the protocol, or in protocols without one the first container or name."""

_SPARSE = {
    "csc": sparse_records.ColumnsRecord,
    "csr": sparse_records.RowsRecord,
    "coo": sparse_records.TriplesRecord,
}


def _permitted_names() -> dict[tuple[str, str], type]:
    """Return the (module, name) pairs that a pickle of arrays may use, and the class for each."""
    names: dict[tuple[str, str], type] = {
        ("numpy", "ndarray"): array_records.ArrayRecord,
        ("numpy", "dtype"): array_records.DtypeRecord,
        ("_codecs", "encode"): array_records.BytesRecord,
        ("collections", "OrderedDict"): dict,
    }
    for package in ("numpy.core", "numpy._core"):
        names[f"{package}.multiarray", "_reconstruct"] = array_records.ArrayRecord
        names[f"{package}.multiarray", "scalar"] = array_records.ScalarRecord
        names[f"{package}.numeric", "_frombuffer"] = array_records.BufferRecord
    for kind, record in _SPARSE.items():
        for module in ("scipy.sparse", f"scipy.sparse.{kind}", f"scipy.sparse._{kind}"):
            names[module, f"{kind}_matrix"] = record
            names[module, f"{kind}_array"] = record
    for module in ("chumpy", "chumpy.ch"):
        names[module, "Ch"] = array_records.WrapperRecord
    for module in ("copy_reg", "copyreg"):
        names[module, "_reconstructor"] = array_records.RebuildRecord
    for module in ("__builtin__", "builtins"):
        names[module, "object"] = array_records.Record
        names[module, "bytes"] = names[module, "bytearray"] = array_records.BytesRecord
        for container in (set, frozenset, list, tuple, dict):
            names[module, container.__name__] = container
    return names


_PERMITTED = _permitted_names()


def load_arrays(path: Path, wanted: Collection[str] | None = None) -> dict[str, Array]:
    """Return the numeric arrays under the `wanted` keys (None: all) of a pickled dictionary of Python 2 or 3.

    Sparse matrices are returned dense, and chumpy objects as the array they hold. Other entries are ignored.
    Raises HeadFileError for a file that is missing, empty, truncated, too large or no pickle,
    and for a pickle that asks for anything but arrays.
    """
    with expecting("pickle of arrays", error=HeadFileError):
        data = read_bytes(path, _SIZE_LIMIT)
        budget = Budget(path)
        budget.take(len(data))
        content = _run(data, path, budget)
        return _arrays(content, path, wanted, budget)


def _run(data: bytes, path: Path, budget: Budget) -> dict[Any, Any]:
    """Return the dictionary that a pickle builds; raises HeadFileError and UnreadableError."""
    if not data.startswith(_STARTS):
        received = f"{len(data)} bytes that begin with {data[:16]!r}"
        raise HeadFileError(f"{path} should be a pickle or an .npz archive, received {received}.")
    try:
        content = run_pickle(data, _PERMITTED, budget)
    except UnreadableError:
        raise
    except ForbiddenNameError as error:
        raise HeadFileError(
            f"{path} is refused: this pickle asks for '{one_line(error)}', which is not an array."
        ) from None
    except Exception as error:  # A broken pickle can raise nearly anything.
        reason = one_line(error).rstrip(".") or type(error).__name__
        raise HeadFileError(f"{path} is not a complete pickle of arrays ({reason}).") from error
    if not isinstance(content, dict):
        raise HeadFileError(f"{path} should hold a dictionary of arrays, received {type(content).__name__}.")
    return content


def _arrays(
    content: dict[Any, Any], path: Path, wanted: Collection[str] | None, budget: Budget
) -> dict[str, Array]:
    """Return the numeric arrays among the entries of a dictionary; raises HeadFileError."""
    arrays = {}
    for key, value in content.items():
        if not isinstance(key, str) or (wanted is not None and key not in wanted):
            continue
        try:
            array = array_records.array_from(value, budget)
        except UnreadableError:
            raise
        except Exception as error:  # Records hold whatever a broken pickle put into them.
            reason = one_line(error).rstrip(".") or type(error).__name__
            raise HeadFileError(f"{path}: array '{one_line(key)}' cannot be read ({reason}).") from error
        if array is not None:
            arrays[key] = array
    return arrays
