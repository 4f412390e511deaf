"""Reading plans, what they are made from, their groups and votes."""
