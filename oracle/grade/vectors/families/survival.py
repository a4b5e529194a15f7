"""Survival times, by lifelines."""

import numpy as np
from lifelines.utils import concordance_index

from common import case, metric


@metric("concordance_index")
def _(rng):
    n = int(rng.integers(2, 40))
    times = np.round(rng.exponential(10, n), int(rng.integers(0, 3)))
    events = (rng.random(n) < 0.7).astype(int)
    p = np.round(times + rng.normal(size=n) * 10, int(rng.integers(0, 3)))
    try:
        score = concordance_index(times, p, events)
    except ZeroDivisionError:
        return None
    return case(rng, "concordance_index", "random", {}, {"time": list(times), "event": list(events)}, {"p": list(p)}, "number", score)
