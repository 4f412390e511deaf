"""What was opened, read and watched."""
