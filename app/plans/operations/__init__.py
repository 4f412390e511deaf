"""The verbs of plans: draft, edit, group, run, ask, and pass on."""
