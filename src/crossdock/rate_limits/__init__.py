"""How many requests one access token may make in a second, counted for all processes together."""

from crossdock.rate_limits.meters import Meter, RateLimits

__all__ = ["Meter", "RateLimits"]
