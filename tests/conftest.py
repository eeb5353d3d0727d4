"""Fixtures that every room's tests may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flame_model.head import Head
from tests.synthetic_heads import make_head


@pytest.fixture(scope="session")
def synthetic_head() -> Head:
    """Return a head of about 400 vertices, 12 expression and 10 identity components."""
    return make_head()


@pytest.fixture(scope="session")
def test_data() -> Path:
    """Return the folder of clips, heads and models that tests may read.

    A checkout that stands alone skips the tests that need it; wherever it is promised, its absence fails.
    """
    named = os.environ.get("FLAME_CAM_TEST_DATA")
    shared = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(named) if named else shared / "data"
    if folder.is_dir():
        return folder
    sentence = f"no test data in {folder}: set FLAME_CAM_TEST_DATA to the folder that holds it"
    if named or shared.exists() or os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)
