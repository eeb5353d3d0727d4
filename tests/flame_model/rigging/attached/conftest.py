"""The head that parts are attached to."""

from __future__ import annotations

import pytest

from flame_model.head import Head
from tests.synthetic_heads import open_neck_head


@pytest.fixture(scope="session")
def open_neck() -> Head:
    return open_neck_head()
