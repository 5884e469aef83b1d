"""What a browser is served: the API reference, and the parts it is built of."""
