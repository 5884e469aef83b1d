"""Typed Python for one account: the bodies of its writes, and a small client that sends them."""
