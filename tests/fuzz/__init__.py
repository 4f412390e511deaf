"""Whatever is sent: never a 5xx, always problem+json."""
