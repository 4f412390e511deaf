"""Pictures: a target is a region, and has no span."""
