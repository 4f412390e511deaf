"""What a person should hear of."""
