"""How fast Crossdock is against a bare reference, as ratios taken in one run: `python -m benchmarks`."""
