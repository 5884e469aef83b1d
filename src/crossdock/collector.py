"""Python's garbage collector, set for processes that serve or sync.

A page of a vendor's list is some hundred thousand objects, and nearly all of them go by themselves. By
default the collector looks through everything that lives, the program included, again and again while such a
page is decoded, which takes more time than the decoding.
"""

import gc

YOUNG = 50_000
"""Objects that may come before the young ones are looked through."""


def settle() -> None:
    """Leaves out of every later search what lives now; call it when the process has loaded what it needs."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 100)
