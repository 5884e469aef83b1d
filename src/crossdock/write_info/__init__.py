"""Says what an account takes: the OpenAPI document, and the law that checks bodies against it."""
