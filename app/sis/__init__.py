"""Class rosters from the school's information system: OneRoster files and plain tables."""
