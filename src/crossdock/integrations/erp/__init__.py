"""ERPs."""
