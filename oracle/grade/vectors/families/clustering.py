"""Clusters, by scikit-learn."""

import numpy as np
from sklearn import metrics

from common import case, metric


def clusters(id, function, options=None):
    @metric(id)
    def generate(rng):
        n = int(rng.integers(2, 40))
        t = rng.integers(0, int(rng.integers(1, 6)), n)
        p = np.where(rng.random(n) < rng.random(), t, rng.integers(0, int(rng.integers(1, 7)), n))
        if rng.random() < 0.1:
            p = (t + 3) % 7
        params = options(rng) if options else {}
        score = function(t, p, **params)
        return case(rng, id, "random", params, {"t": [f"c{x}" for x in t]}, {"p": [f"k{x}" for x in p]}, "string", score)


def method(rng):
    return {"average_method": str(rng.choice(["arithmetic", "geometric", "min", "max"]))}


clusters("rand", metrics.rand_score)
clusters("adjusted_rand", metrics.adjusted_rand_score)
clusters("fowlkes_mallows", metrics.fowlkes_mallows_score)
clusters("homogeneity", metrics.homogeneity_score)
clusters("completeness", metrics.completeness_score)
clusters("v_measure", metrics.v_measure_score, lambda rng: {"beta": float(rng.choice([0.5, 1, 2]))})
clusters("normalized_mutual_info", metrics.normalized_mutual_info_score, method)
clusters("adjusted_mutual_info", metrics.adjusted_mutual_info_score, method)
