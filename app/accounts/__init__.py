"""Schools, accounts and how people sign in."""
