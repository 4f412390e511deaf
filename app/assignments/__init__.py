"""Documents to be worked on by a date."""
