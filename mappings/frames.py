"""The frames of a source, and the observations that the tracker makes of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flame_model.arrays import Float32Array, Picture

TURN, SHIFT, GROWTH = slice(0, 3), slice(3, 5), 5
"""Places of the parts of `FaceObservation.moved`."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture from a source, with its time: `Frame(0, time_s=0.0, image=picture)`."""

    index: int
    """Number of the picture in the source, counted from 0, dropped ones included."""
    time_s: float
    """Time of the picture on the source's own clock, strictly rising."""
    image: Picture
    """(H, W, 3) RGB uint8."""


@dataclass(frozen=True, slots=True)
class FaceObservation:
    """What the tracker saw of one face in one frame; None, never zeros, stands for a frame without a face.

        blink = observation.scores[MEDIAPIPE_NAMES.index("eyeBlinkLeft")]  # one of (52,), 0 to 1
        x, y, z = observation.landmarks[1]  # the tip of the nose, one of (478, 3), pixels
        place = observation.T_camera_face[:3, 3]  # where the face is, metres

    The pose `T_camera_face` (4, 4) turns and moves a face into camera axes: x to the picture's right, y up,
    and the camera looks along -z.
    """

    time_s: float
    """Time of the frame."""
    scores: Float32Array
    """(52,) in MediaPipe's order, 0..1 (see `mappings.signals`)."""
    landmarks: Float32Array
    """(478, 3) pixels: x right, y down, z in the scale of x, smaller is nearer to the camera."""
    T_camera_face: Float32Array
    """(4, 4) canonical face to camera, metres; the camera looks along -z, y is up, x to the picture's
    right."""
    image_size: tuple[int, int]
    """(W, H) of the picture in pixels."""
    moved: Float32Array | None = None
    """(6,) motion of the skull since the observation before, by its skin's pattern in the picture: a TURN in
    axis-angle radians and a SHIFT in eye distances, both along the camera's axes, and a GROWTH, 0 for none
    (`mappings.tracking.odometry`). None where it is not known."""


def unconnected(seen: FaceObservation | None) -> FaceObservation | None:
    """Return an observation that is shown after another one than that which came before it."""
    return None if seen is None else replace(seen, moved=None)
