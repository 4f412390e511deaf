"""The confusion report."""
