"""The stored copies of vendor records: how they are made, compared and told of."""
