"""How the picture of wrinkles is laid out."""

FLAT = 128
"""Value of a channel where the skin stays as it is; 0 is half as bright, 255 one and a half as bright."""
COARSER = 2
"""Pixels of the skin's texture along the side of one pixel of the wrinkles."""
BORDERS = (0.60, 0.685, 0.50)
"""Heights in the texture, 0 at its bottom, at which the kinds of each channel meet: raised brows above a
smile, a frown above a sneer, narrowed eyes above a raised chin, as in `flame_model/face/wrinkling.py`."""
BROW_BORDER = 0.715
"""Height above which the blue channel holds the folds over brows whose inner ends are raised."""
