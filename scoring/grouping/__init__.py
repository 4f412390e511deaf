"""Groups for class: who should sit together, and why. Plain values in, plain values out.

``making`` and ``redoing`` are imported by who makes groups: they load SciPy, which takes a second.
"""

from .people import Learner, Wishes
from .why import why

__all__ = ["Learner", "Wishes", "why"]
