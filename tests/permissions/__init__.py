"""Who may do what: every route, every kind of person, every state of a thing."""
