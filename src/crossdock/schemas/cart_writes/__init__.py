"""The bodies of writes to shopping carts."""
