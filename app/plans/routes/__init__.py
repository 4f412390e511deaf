"""Activity plans over HTTP."""

from .groups import api as groups
from .plans import api as plans
from .votes import api as votes

BLUEPRINTS = [plans, groups, votes]
