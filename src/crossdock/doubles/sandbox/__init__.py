"""What the sandbox is tried out on: itself. There is no double of it, since it lives in Crossdock."""
