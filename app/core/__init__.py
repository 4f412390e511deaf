"""What every feature stands on: database, change log, policy, web, jobs, files. Knows no feature."""
