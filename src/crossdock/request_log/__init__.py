"""The log of what was asked of this service, and of what it asked of vendors."""
