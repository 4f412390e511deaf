"""The pages that gather: home and the course page."""
