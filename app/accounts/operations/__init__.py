"""The verbs of accounts: signing in, passwords, people, the school."""
