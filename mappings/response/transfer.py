"""Begin a head's response with that of another head: trackers report alike on all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.arrays import Array, Int64Array
from mappings.response.network import Network
from mappings.response.response import Response


def transferred(response: Response, signals: Int64Array, centre: Array, scale: Array) -> Network:
    """Return a response's network for other inputs: `signals` (n,), and `centre` and `scale` (n + 6,).

    With the inputs z of the result and z' = T z + e of the response, A' z' + a' = (A' T) z + a' + A' e.
    Signals that the response does not take have no effect; those that are not among `signals` are 0.
    """
    place = {int(signal): index for index, signal in enumerate(signals)}
    count, own = len(signals), response.signal_count
    taken = np.zeros((own + 6, count + 6))
    offset = -response.centre / response.scale
    places = [place.get(int(signal)) for signal in response.signals] + list(range(count, count + 6))
    for row, index in enumerate(places):
        if index is not None:
            taken[row, index] = scale[index] / response.scale[row]
            offset[row] += centre[index] / response.scale[row]
    network = response.network
    return replace(
        network,
        first=network.first @ taken,
        first_bias=network.first_bias + network.first @ offset,
        direct=network.direct @ taken,
        bias=network.bias + network.direct @ offset,
    )
