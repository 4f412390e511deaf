"""What admins decide about learning records, and how records are sent."""
