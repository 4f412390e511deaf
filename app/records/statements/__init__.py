"""Deeds as xAPI statements and as Caliper events: plain values in, JSON out."""
