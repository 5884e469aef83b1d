"""Who may do what with whose account: organisations, API keys, access tokens, credentials."""
