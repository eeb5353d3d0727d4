"""Build a head from ICT-FaceKit: MIT-licensed meshes with expressions, in the archive that GitHub serves."""

from flame_model.ict.archive import ICT_ADDRESS, is_ict
from flame_model.ict.build import read_ict

__all__ = ["ICT_ADDRESS", "is_ict", "read_ict"]
