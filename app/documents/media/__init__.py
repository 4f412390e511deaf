"""Video: found out what it is, made to play in every browser, with a picture to show. Runs in the worker only."""
