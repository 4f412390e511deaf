"""The verbs of the school's sign-on."""
