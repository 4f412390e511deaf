"""The demo course, and simulated classes."""
