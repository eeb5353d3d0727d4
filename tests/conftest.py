"""Fixtures that every room's tests may use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

# As `app.cli` does, before NumPy is first imported: on busy cores BLAS threads that wait for each other make
# the fit of a response fifty times as slow.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from flame_model.errors import TrackerBundleError
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import load_head
from flame_model.head import Head, LandmarkPlaces
from mappings.tracking.landmarker_bundle import locate_bundle
from tests.synthetic_heads import make_head

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""Lies beside a checkout that is tested with its data."""


@pytest.fixture(scope="session")
def synthetic_head() -> Head:
    """Return a head of about 400 vertices, 12 expression and 10 identity components."""
    return make_head()


@pytest.fixture(scope="session")
def builtin() -> Head:
    """Return the built-in head."""
    return load_head("builtin")


@pytest.fixture(scope="session")
def places(builtin: Head) -> LandmarkPlaces:
    """Return where the tracker's landmarks lie on the built-in head."""
    return true_landmarks(builtin)


@pytest.fixture(scope="session")
def test_data() -> Path:
    """Return the folder of clips, heads and models that tests may read.

    A checkout that stands alone skips the tests that need it; wherever it is promised, its absence fails.
    """
    folder = _data_folder()
    if not folder.is_dir():
        _absent(f"no test data in {folder}: set FLAME_CAM_TEST_DATA to the folder that holds it")
    return folder


@pytest.fixture(scope="session")
def bundle() -> Path:
    """Return the tracker's bundle: from the test data, or downloaded where a checkout stands alone."""
    folder = _data_folder()
    if folder.is_dir():
        return folder / "models" / "face_landmarker.task"
    try:
        return locate_bundle(progress=False)
    except TrackerBundleError as error:
        _absent(str(error))


def _data_folder() -> Path:
    named = os.environ.get("FLAME_CAM_TEST_DATA")
    return Path(named) if named else SHARED / "data"


def _absent(sentence: str) -> NoReturn:
    """Fail where test data is promised, else skip this test alone with the reason shown."""
    if os.environ.get("FLAME_CAM_TEST_DATA") or SHARED.exists() or os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)
