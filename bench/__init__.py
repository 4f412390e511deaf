"""The benchmarks: each file measures one thing, `run.py` prints them all beside what is to be reached."""
