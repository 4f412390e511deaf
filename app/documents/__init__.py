"""The course library: material, its versions, and how it is imported."""
