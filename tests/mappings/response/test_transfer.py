"""The response of one head serves as the beginning of another's."""

from __future__ import annotations

import numpy as np

from mappings.response.transfer import transferred
from mappings.signals import MEDIAPIPE_INDEX
from tests.synthetic_response import plain_mapping, synthetic_response

JAW, SMILE, FROWN = (MEDIAPIPE_INDEX[name] for name in ("jawOpen", "mouthSmileLeft", "mouthFrownLeft"))


def test_it_predicts_the_same_by_other_inputs() -> None:
    """One signal is new, and has no effect; one is not driven any more, and is 0."""
    response = synthetic_response(plain_mapping(JAW, SMILE))
    signals = np.array(sorted((JAW, FROWN)))
    random = np.random.default_rng(1)
    centre, scale = random.normal(0.0, 0.1, 8), random.uniform(0.1, 0.3, 8)
    network = transferred(response, signals, centre, scale)
    turned, shift = np.array([0.1, -0.05, 0.02]), np.array([0.01, 0.0, -0.02])
    for jaw, frown in ((0.0, 0.0), (0.6, 0.0), (0.6, 0.8)):
        values = {JAW: jaw, FROWN: frown}
        x = np.concatenate([[values[signal] for signal in signals], turned, shift])
        own = np.concatenate([[{JAW: jaw, SMILE: 0.0}[each] for each in response.signals], turned, shift])
        known = response.network.values((own - response.centre) / response.scale)
        np.testing.assert_allclose(network.values((x - centre) / scale), known, atol=1e-9)
