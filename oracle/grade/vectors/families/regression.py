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
simple("median_ae", metrics.median_absolute_error)
simple("max_error", metrics.max_error, weights=False, several=False)
simple("msle", metrics.mean_squared_log_error, positive=True)
simple("rmsle", metrics.root_mean_squared_log_error, positive=True)
simple("mape", metrics.mean_absolute_percentage_error, positive=True)
simple("explained_variance", metrics.explained_variance_score)
simple("poisson_deviance", metrics.mean_poisson_deviance, positive=True, several=False)
simple("gamma_deviance", metrics.mean_gamma_deviance, positive=True, several=False)
simple("d2_absolute_error", metrics.d2_absolute_error_score)


def alpha(rng):
    share = float(np.round(0.02 + 0.96 * rng.random(), 2))
    return {"alpha": share}, {"alpha": share}


def power(rng):
    value = float(rng.choice([0, 1, 1.5, 1.9, 2, 3, 2.5, -1]))
    return {"power": value}, {"power": value}


simple("pinball", metrics.mean_pinball_loss, params=alpha)
simple("d2_pinball", metrics.d2_pinball_score, params=alpha)
simple("tweedie_deviance", metrics.mean_tweedie_deviance, positive=True, params=power, several=False)
simple("d2_tweedie", metrics.d2_tweedie_score, positive=True, params=power, several=False)


def averaged(function):
    return lambda t, p, sample_weight=None, **options: np.average(function(t, p, **options), weights=sample_weight)


simple("rmspe", lambda t, p, sample_weight: np.sqrt(np.average(((t - p) / t) ** 2, weights=sample_weight)), positive=True, outputs=False)
simple("smape", averaged(lambda t, p: np.where(t == p, 0, 2 * np.abs(t - p) / np.where(t == p, 1, np.abs(t) + np.abs(p)))), outputs=False)
simple("wape", lambda t, p, sample_weight: np.average(np.abs(t - p), weights=sample_weight) / np.average(np.abs(t), weights=sample_weight), outputs=False)
simple("log_mae", lambda t, p, sample_weight: np.log(max(1e-9, np.average(np.abs(t - p), weights=sample_weight))), outputs=False)


def scale(rng):
    value = float(np.round(rng.random() * 5 + 0.1, 2))
    return {"scale": value}, {"scale": value}


simple("mase", averaged(lambda t, p, scale: np.abs(t - p) / scale), params=scale, outputs=False)
simple("pearson", lambda t, p: stats.pearsonr(t, p)[0], weights=False, outputs=False)
simple("spearman", lambda t, p: stats.spearmanr(t, p)[0], weights=False, outputs=False)
simple("kendall", lambda t, p: stats.kendalltau(t, p)[0], weights=False, outputs=False)


@metric("crps")
def _(rng):
    n, m = int(rng.integers(1, 15)), int(rng.integers(1, 12))
    t = rng.normal(size=n)
    x = np.round(rng.normal(size=(n, m)), int(rng.integers(1, 6)))
    weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
    score = np.average([np.abs(x[i] - t[i]).mean() - np.abs(x[i][:, None] - x[i][None]).mean() / 2 for i in range(n)], weights=weight)
    return case(rng, "crps", "random", {}, {"t": list(t)}, {"p": [list(map(float, row)) for row in x]}, "numbers", score, weight)


@metric("haversine")
def _(rng):
    n = int(rng.integers(1, 20))
    near = rng.random() < 0.5
    t = np.stack([rng.random(n) * 180 - 90, rng.random(n) * 360 - 180], axis=1)
    p = np.clip(t + rng.normal(size=(n, 2)) * 0.01, [-90, -180], [90, 180]) if near else np.stack([rng.random(n) * 180 - 90, rng.random(n) * 360 - 180], axis=1)
    radians = [metrics.pairwise.haversine_distances(np.radians(t[i : i + 1]), np.radians(p[i : i + 1]))[0, 0] for i in range(n)]
    weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
    own = {"scale": 3958.76} if rng.random() < 0.3 else {}
    score = np.average(radians, weights=weight) * own.get("scale", 6371.0088)
    names = ["lat", "lon"]
    return case(rng, "haversine", "random", own, {c: list(t[:, i]) for i, c in enumerate(names)}, {c: list(p[:, i]) for i, c in enumerate(names)}, "number", score, weight)


@metric("angular_error")
def _(rng):
    n = int(rng.integers(1, 20))
    t = np.stack([rng.random(n) * 2 * np.pi, rng.random(n) * np.pi], axis=1)
    p = np.stack([rng.random(n) * 2 * np.pi, rng.random(n) * np.pi], axis=1)

    def vector(a):
        return np.array([np.cos(a[0]) * np.sin(a[1]), np.sin(a[0]) * np.sin(a[1]), np.cos(a[1])])

    score = np.mean([np.arctan2(np.linalg.norm(np.cross(vector(t[i]), vector(p[i]))), vector(t[i]) @ vector(p[i])) for i in range(n)])
    names = ["azimuth", "zenith"]
    return case(rng, "angular_error", "random", {}, {c: list(t[:, i]) for i, c in enumerate(names)}, {c: list(p[:, i]) for i, c in enumerate(names)}, "number", score)


@metric("laplace_log_likelihood")
def _(rng):
    n = int(rng.integers(1, 20))
    t = rng.normal(size=n) * 500 + 2500
    p = t + rng.normal(size=n) * 400
    s = rng.random(n) * 400
    weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
    sigma, error = np.maximum(s, 70), np.minimum(np.abs(t - p), 1000)
    score = np.average(-np.sqrt(2) * error / sigma - np.log(np.sqrt(2) * sigma), weights=weight)
    return case(rng, "laplace_log_likelihood", "random", {}, {"t": list(t)}, {"value": list(p), "deviation": list(s)}, "number", score, weight)


@metric("haversine_percentiles")
def _(rng):
    n = int(rng.integers(1, 20))
    t = np.stack([rng.random(n) * 180 - 90, rng.random(n) * 360 - 180], axis=1)
    p = np.clip(t + rng.normal(size=(n, 2)) * 0.1, [-90, -180], [90, 180])
    own = {"percentiles": [10, 50, 99.5], "scale": 6371000} if rng.random() < 0.4 else {}
    group = [f"trip{i}" for i in rng.integers(0, 3, n)] if rng.random() < 0.5 else None
    arcs = np.array([metrics.pairwise.haversine_distances(np.radians(t[i : i + 1]), np.radians(p[i : i + 1]))[0, 0] for i in range(n)])
    arcs *= own.get("scale", 6371.0088)
    score = np.mean([
        np.mean(np.percentile(arcs[np.array(group) == one] if group else arcs, own.get("percentiles", [50, 95])))
        for one in sorted(set(group or ["all"]))
    ])
    if group:
        own = {**own, "group_average": "macro"}
    names = ["lat", "lon"]
    return case(rng, "haversine_percentiles", "random", own, {c: list(t[:, i]) for i, c in enumerate(names)}, {c: list(p[:, i]) for i, c in enumerate(names)}, "number", score, group=group)


def quantiles(id, function, params=None):
    """Equal values, weights of 0, and weights whose sums meet the quantile exactly: sums of halves and doubles have no rounding."""

    @metric(id, "ties and weights of 0")
    def generate(rng):
        n = int(rng.integers(3, 25))
        t, p = rng.integers(0, 5, (2, n))
        weight = rng.integers(0, 4, n) * 2.0 ** rng.integers(-40, 40)
        if len(set(t[weight > 0])) < 2:
            return None
        own = params(rng)[0] if params else {}
        return case(rng, id, "ties and weights of 0", own, {"t": list(t)}, {"p": list(p)}, "number", function(t, p, sample_weight=weight, **own), weight)


quantiles("median_ae", metrics.median_absolute_error)
quantiles("d2_absolute_error", metrics.d2_absolute_error_score)
quantiles("d2_pinball", metrics.d2_pinball_score, alpha)
