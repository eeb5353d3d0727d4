"""The sample archive, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from flame_model.head import Head
from flame_model.ict import read_ict
from flame_model.ict.archive import IctMeshes, read_meshes


@pytest.fixture(scope="session")
def archive(test_data: Path) -> Path:
    """Return an ICT-FaceKit archive with ten identities."""
    return test_data / "heads" / "ICT-FaceKit-master.zip"


@pytest.fixture(scope="session")
def meshes(archive: Path) -> IctMeshes:
    """Return the archive's meshes."""
    return read_meshes(archive)


@pytest.fixture(scope="session")
def head(archive: Path) -> Head:
    """Return the head made of the archive."""
    return read_ict(archive)
