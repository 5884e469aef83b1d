"""The bodies of warehouse writes: their fields, and which of them the contract has for each action."""
