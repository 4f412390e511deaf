"""Live updates: the change log over sockets."""
