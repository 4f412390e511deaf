"""A course of any size, for benchmarks and load tests: invented readings, and students who act by the verbs."""
