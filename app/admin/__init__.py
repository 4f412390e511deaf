"""What the admins of a school see and do: people, background work, storage, the audit log, health."""
