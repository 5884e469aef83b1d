"""What happened, signed and delivered to those who asked to be told."""
