"""One folder a vendor system. Each knows the connector kit and the vocabulary, nothing else."""
