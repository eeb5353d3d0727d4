"""Bring lips into contact in all shapes: with each other where a signal closes them, and with the teeth."""

from __future__ import annotations

from flame_model.arrays import Float64Array
from flame_model.builtin.shapes.closed_lips import closed_lips, meeting, pinched
from flame_model.builtin.shapes.over_teeth import opened_over_teeth, over_teeth

MEETING = {
    "mouthDimple": 1.0, "mouthFrown": 1.0, "mouthLeft": 1.0, "mouthRight": 1.0, "mouthPress": 1.0,
    "mouthPucker": 1.0, "mouthRollLower": 0.5, "mouthRollUpper": 0.25, "mouthShrugLower": 0.6,
    "mouthShrugUpper": 1.0, "mouthSmile": 1.0, "mouthStretch": 1.0,
}  # fmt: skip
"""Signals of closed lips, and how much of the lips' measured gap or overlap is taken out of their shapes.

At a score of 1 the measured mouthDimple parts the lips by 8 mm, and mouthPress moves them 6 mm through each
other, so that almost nothing of them is left to see. Lips that roll in or pout do overlap; their values were
chosen by eye."""

PINCHED = {"mouthPucker": 0.0035, "mouthFunnel": 0.0020}
"""Signals of round lips, and the metres by which the lips overlap near the corners; chosen by eye."""


def in_contact(shapes: dict[str, Float64Array], face: Float64Array) -> dict[str, Float64Array]:
    """Return the `shapes` (468, 3) by signal of the rest `face` (468, 3) with lips and teeth in contact.

    mouthClose is computed from the other shapes.
    """
    result = shapes | {"jawOpen": opened_over_teeth(face, shapes["jawOpen"])}
    for name, share in MEETING.items():
        for full in (name + side for side in ("", "Left", "Right") if name + side in shapes):
            result[full] = meeting(face, shapes[full], share)
    for name, overlap in PINCHED.items():
        result[name] = result[name] + pinched(face, overlap)
    before = {name: over_teeth(face, shape) for name, shape in result.items() if _moves_lips(name)}
    return result | before | {"mouthClose": closed_lips(face, result["jawOpen"])}


def _moves_lips(name: str) -> bool:
    """Return whether a signal moves the lips, and not by the jaw's opening."""
    return name.startswith(("mouth", "jaw")) and name not in ("jawOpen", "mouthClose")
