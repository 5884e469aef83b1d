"""What the tests start: servers, databases, stand-ins."""
