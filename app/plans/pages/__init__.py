"""Pages of plans: drafting, editing, groups, presenting, what came of it; and the page on which a class votes."""

from .after import pages as after
from .groups import pages as groups
from .plans import pages as plans
from .voting import pages as voting

BLUEPRINTS = [plans, groups, after, voting]
