"""Background work: what is due is found by a tick, and carried out by a durable engine."""
