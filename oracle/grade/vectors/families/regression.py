"""Numbers, by scikit-learn and SciPy."""

import numpy as np
from scipy import stats
from sklearn import metrics

from common import case, metric


def rows(rng, positive=False, several=True):
    """Truth and prediction as matrices, names of the columns, and maybe weights."""
    n = int(rng.integers(3, 25))
    k = int(rng.integers(2, 4)) if several and rng.random() < 0.3 else 1
    scale = 10.0 ** rng.integers(-3, 4)
    t = rng.normal(size=(n, k)) * scale + rng.normal() * scale * 3
    p = t + rng.normal(size=(n, k)) * scale * rng.random()
    if rng.random() < 0.3:
        t, p = np.round(t, 1), np.round(p, 1)
        t[0] += scale
    if positive:
        t, p = np.abs(t) + 0.01 * scale, np.abs(p) + 0.01 * scale
    weight = np.round(rng.random(n) * 3, 2) + 0.01 if rng.random() < 0.4 else None
    return t, p, [f"y{i}" for i in range(k)], weight


def simple(id, function, positive=False, params=None, outputs=True, weights=True, several=True, name="random"):
    """`params` draws parameters: those of the manifest, and those of the function."""

    @metric(id, name)
    def generate(rng):
        t, p, names, weight = rows(rng, positive, several)
        weight = weight if weights else None
        own, options = params(rng) if params else ({}, {})
        options = {**options}
        if weights:
            options["sample_weight"] = weight
        if len(names) > 1 and outputs and rng.random() < 0.4:
            own["multioutput"] = [float(x) for x in np.round(rng.random(len(names)) + 0.1, 2)]
            options["multioutput"] = own["multioutput"]
        if len(names) > 1 and not outputs:
            scores = [function(t[:, i], p[:, i], **options) for i in range(len(names))]
            score = np.mean(scores)
        else:
            score = function(t if len(names) > 1 else t[:, 0], p if len(names) > 1 else p[:, 0], **options)
        truth = {n if len(names) > 1 else "t": list(t[:, i]) for i, n in enumerate(names)}
        guess = {n if len(names) > 1 else "p": list(p[:, i]) for i, n in enumerate(names)}
        return case(rng, id, name, own, truth, guess, "number", score, weight)


simple("rmse", metrics.root_mean_squared_error)
simple("mse", metrics.mean_squared_error)
simple("mae", metrics.mean_absolute_error)
simple("r2", metrics.r2_score)
