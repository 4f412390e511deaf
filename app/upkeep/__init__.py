"""What those who run the school's server do: export and erase persons, back up, restore, examine."""
