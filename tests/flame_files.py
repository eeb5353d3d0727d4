"""Write heads as FLAME files of every edition and format."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any, Literal

import numpy as np
from scipy import sparse

from flame_model.arrays import Array
from flame_model.head import JOINT_PARENTS, Head

Flavour = Literal["pkl", "pkl_protocol_5", "pkl_sparse", "pkl_python_2", "npz"]


def flame_arrays(head: Head) -> dict[str, Any]:
    """Return the head as FLAME's keys hold it: double precision, bases padded with zeros to 300 + 100."""
    shapedirs = np.zeros((len(head.template), 3, 400))
    shapedirs[:, :, : head.identity_count] = head.identity_basis
    shapedirs[:, :, 300 : 300 + head.expression_count] = head.expression_basis
    parents = np.array(JOINT_PARENTS, dtype=np.int64)
    return {
        "v_template": head.template.astype(np.float64),
        "f": head.faces.astype(np.uint32),
        "shapedirs": shapedirs,
        "posedirs": head.pose_correctives.astype(np.float64),
        "J_regressor": head.joint_regressor.astype(np.float64),
        "weights": head.skin_weights.astype(np.float64),
        "kintree_table": np.stack([np.where(parents < 0, 2**32 - 1, parents), np.arange(5)]),
    }


def write_flame_file(head: Head, path: Path, flavour: Flavour = "pkl") -> None:
    """Write the head as a FLAME file: a pickle, plain or as one of Python 2 would be, or an npz."""
    arrays = flame_arrays(head)
    if flavour == "npz":
        with path.open("wb") as stream:
            np.savez(stream, **arrays)
        return
    if flavour in ("pkl_sparse", "pkl_python_2"):
        arrays["J_regressor"] = sparse.csc_matrix(arrays["J_regressor"])
    if flavour == "pkl_python_2":
        path.write_bytes(_python_2_pickle(arrays))
        return
    protocol = 5 if flavour == "pkl_protocol_5" else 2
    path.write_bytes(pickle.dumps({**arrays, "bs_style": "lbs", "bs_type": "lrotmin"}, protocol=protocol))


class _Chumpy:
    """A stand-in for the chumpy objects in the files of 2017."""

    def __init__(self, array: Array) -> None:
        self.x = array


def _python_2_pickle(arrays: dict[str, Any]) -> bytes:
    """Return a pickle with chumpy objects in it and SciPy and NumPy under the names they had."""
    wrapped = {key: _Chumpy(arrays[key]) for key in ("v_template", "shapedirs", "posedirs")}
    pickled = pickle.dumps({**arrays, **wrapped, "bs_style": "lbs"}, protocol=2)
    for now, then in (
        (f"c{_Chumpy.__module__}\n_Chumpy\n", "cchumpy.ch\nCh\n"),
        ("cscipy.sparse._csc\n", "cscipy.sparse.csc\n"),
        ("cnumpy._core.multiarray\n", "cnumpy.core.multiarray\n"),
    ):
        assert now.encode() in pickled, now
        pickled = pickled.replace(now.encode(), then.encode())
    return pickled
