"""The shared vocabulary: what every system of a kind has in common. Knows nothing else of Crossdock."""
