"""What the sandbox integrations of all types share: an account, and how to speak to it."""
