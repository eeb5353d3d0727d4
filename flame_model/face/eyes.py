"""The positions of the average face's eyes and the radii of eyeballs, irises and pupils."""

from __future__ import annotations

import numpy as np

EYE_CENTERS = np.array([[0.0312, 0.0310, -0.0150], [-0.0312, 0.0310, -0.0150]])
"""(2, 3) left and right, metres; chosen so that the measured lids lie at an even distance from them."""
EYE_RADIUS = 0.0117
"""Metres; adult eyeballs are 24 mm across (Bekerman et al. 2014), minus the thickness of the lids that press
on them."""
IRIS_RADIUS = 0.0059
CORNEA_RADIUS = 0.0084
"""Metres; radius of the cornea, which bulges from the iris's edge on. Adult corneas have 7.8 mm, and a smooth
transition to the white of the eye that the eyeball's rings do not have."""
CORNEA_MIDDLE = float(np.sqrt(EYE_RADIUS**2 - IRIS_RADIUS**2) - np.sqrt(CORNEA_RADIUS**2 - IRIS_RADIUS**2))
"""Metres from the eye's centre forwards to the centre of the cornea's sphere."""
CORNEA_FRONT = CORNEA_MIDDLE + CORNEA_RADIUS
"""Metres from the eye's centre to the foremost point."""
PUPIL_RADIUS = 0.0022
"""Metres; adult irises are 11.8 mm across, pupils 4.4 mm in room light."""
