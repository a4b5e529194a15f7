"""Several labels a row, by scikit-learn."""

import numpy as np
from sklearn import metrics

from common import case, metric


def ranking(id, function):
    @metric(id)
    def generate(rng):
        n, k = int(rng.integers(1, 20)), int(rng.integers(2, 6))
        y = rng.integers(0, 2, (n, k))
        p = np.round(rng.random((n, k)), int(rng.integers(1, 5)))
        names = [f"l{i}" for i in range(k)]
        weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
        score = function(y, p, sample_weight=weight)
        return case(rng, id, "random", {}, {c: list(y[:, i]) for i, c in enumerate(names)}, {c: list(p[:, i]) for i, c in enumerate(names)}, "number", score, weight)


ranking("label_ranking_average_precision", metrics.label_ranking_average_precision_score)
ranking("label_ranking_loss", metrics.label_ranking_loss)
ranking("coverage_error", metrics.coverage_error)


@metric("f1_samples")
def _(rng):
    n, k = int(rng.integers(1, 20)), int(rng.integers(2, 6))
    names = [f"l{i}" for i in range(k)]
    t = (rng.random((n, k)) < 0.4).astype(int)
    t[0, 0] = 1
    p = np.where(rng.random((n, k)) < 0.6, t, (rng.random((n, k)) < 0.4).astype(int))
    weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
    score = metrics.f1_score(t, p, average="samples", sample_weight=weight, zero_division=0)
    lists = [[list(rng.permutation([names[j] for j in range(k) if m[i, j]])) for i in range(n)] for m in (t, p)]
    return case(rng, "f1_samples", "random", {}, {"t": lists[0]}, {"p": lists[1]}, "list", score, weight)
