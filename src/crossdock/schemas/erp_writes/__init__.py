"""The bodies of writes to ERPs."""
