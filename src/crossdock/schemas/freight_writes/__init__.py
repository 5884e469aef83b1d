"""The bodies of writes to freight forwarders."""
