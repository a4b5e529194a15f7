"""Probabilities and scores of classes, by scikit-learn and SciPy."""

import numpy as np
from scipy.special import rel_entr
from sklearn import metrics

from common import case, metric


def weights(rng, n, chance=0.4):
    return np.round(rng.random(n) * 3, 2) + 0.01 if rng.random() < chance else None


def binary(rng):
    n = int(rng.integers(2, 30))
    y = np.concatenate([[0, 1], rng.integers(0, 2, n - 2)])
    p = np.clip(y * rng.random() * 0.5 + rng.random(n) * 0.7, 0, 1)
    if rng.random() < 0.4:
        p = np.round(p, 1)
    names = [("0", "1"), ("no", "yes")][int(rng.integers(0, 2))]
    return y, p, [names[v] for v in y], n


def several(rng):
    """Multi-class: truth with every class, and probabilities that add up to 1."""
    k = int(rng.integers(3, 6))
    n = int(rng.integers(k, 25))
    y = np.concatenate([np.arange(k), rng.integers(0, k, n - k)])
    p = rng.random((n, k)) + 2 * rng.random() * np.eye(k)[y]
    p = p / p.sum(axis=1, keepdims=True)
    if rng.random() < 0.3:
        p = np.round(p, 1)
        p[:, 0] = np.maximum(0, 1 - p[:, 1:].sum(axis=1))
        p = p / p.sum(axis=1, keepdims=True)
    return y, p, [f"c{i}" for i in range(k)]


def one_column(id, function, options=None, weighted=True, name="random", type="number"):
    @metric(id, name)
    def generate(rng):
        y, p, texts, n = binary(rng)
        weight = weights(rng, n) if weighted else None
        params, own = options(rng) if options else ({}, {})
        score = function(y, p, **({"sample_weight": weight} if weighted else {}), **own)
        return case(rng, id, name, params, {"t": texts}, {"p": list(p)}, type, score, weight)


def columns(id, function, options=None, weighted=True, name="a column for each class"):
    @metric(id, name)
    def generate(rng):
        y, p, names = several(rng)
        weight = weights(rng, len(y)) if weighted else None
        params, own = options(rng, names) if options else ({}, {})
        score = function(y, p, labels=np.arange(len(names)), **({"sample_weight": weight} if weighted else {}), **own)
        return case(rng, id, name, params, {"t": [names[v] for v in y]}, {n: list(p[:, i]) for i, n in enumerate(names)}, "number", score, weight)


one_column("roc_auc", metrics.roc_auc_score)
one_column("log_loss", metrics.log_loss)
one_column("average_precision", metrics.average_precision_score)
one_column("brier_score", metrics.brier_score_loss)
one_column("d2_log_loss", metrics.d2_log_loss_score)
one_column("d2_brier", metrics.d2_brier_score)
one_column("normalized_gini", lambda y, p, sample_weight: 2 * metrics.roc_auc_score(y, p, sample_weight=sample_weight) - 1)
one_column("hinge_loss", lambda y, p, sample_weight: metrics.hinge_loss(y, p, sample_weight=sample_weight))
columns("log_loss", metrics.log_loss)
columns("brier_score", metrics.brier_score_loss)
columns("d2_log_loss", metrics.d2_log_loss_score)
columns("d2_brier", metrics.d2_brier_score)
columns("hinge_loss", metrics.hinge_loss)


def part(rng):
    share = float(np.round(rng.random() * 0.9 + 0.05, 2))
    return {"max_fpr": share}, {"max_fpr": share}


one_column("roc_auc", metrics.roc_auc_score, part, name="a part of the curve")


def average(rng, names):
    kind = str(rng.choice(["macro", "weighted"]))
    return {"average": kind}, {"average": kind}


columns("roc_auc_ovr", lambda y, p, **o: metrics.roc_auc_score(y, p, multi_class="ovr", **o), average)
columns("roc_auc_ovo", lambda y, p, **o: metrics.roc_auc_score(y, p, multi_class="ovo", **o), average, weighted=False)


def first(rng, names):
    k = int(rng.integers(1, len(names)))
    return {"k": k}, {"k": k}


columns("top_k_accuracy", metrics.top_k_accuracy_score, first)


def labels(id, function, types="number", options=None, name="several labels a row"):
    """A column of 0 and 1 for each label."""

    @metric(id, name)
    def generate(rng):
        n, k = int(rng.integers(3, 20)), int(rng.integers(2, 5))
        y = rng.integers(0, 2, (n, k))
        y[0], y[1] = 0, 1
        p = np.clip(np.round(y * 0.3 + rng.random((n, k)) * 0.7, int(rng.integers(1, 4))), 0, 1)
        names = [f"l{i}" for i in range(k)]
        weight = weights(rng, n)
        params, own = options(rng, k) if options else ({}, {})
        score = function(y, p, weight, **own)
        return case(rng, id, name, params, {c: list(y[:, i]) for i, c in enumerate(names)}, {c: list(p[:, i]) for i, c in enumerate(names)}, types, score, weight)


labels("roc_auc", lambda y, p, w: metrics.roc_auc_score(y, p, sample_weight=w, average="macro"))


def micro(rng, k):
    kind = str(rng.choice(["macro", "micro"]))
    return {"average": kind}, {"average": kind}


labels("average_precision", lambda y, p, w, average: metrics.average_precision_score(y, p, sample_weight=w, average=average), options=micro)


def shares(rng, k):
    if rng.random() < 0.5:
        return {}, {"shares": np.ones(k)}
    given = [float(x) for x in np.round(rng.random(k) + 0.1, 2)]
    return {"multioutput": given}, {"shares": given}


labels(
    "mean_columnwise_log_loss",
    lambda y, p, w, shares: np.average([metrics.log_loss(y[:, i], p[:, i], sample_weight=w) for i in range(y.shape[1])], weights=shares),
    options=shares,
)


def calibration(y, p, n_bins, weight):
    """By one pass over the bins, each holding its upper bound."""
    w = np.ones(len(y)) if weight is None else weight
    score = 0
    for b in range(n_bins):
        own = (p > b / n_bins if b else p >= 0) & (p <= (b + 1) / n_bins)
        if own.any():
            score += w[own].sum() / w.sum() * abs(np.average(p[own], weights=w[own]) - np.average(y[own], weights=w[own]))
    return score


@metric("expected_calibration_error")
def _(rng):
    y, p, texts, n = binary(rng)
    bins = int(rng.integers(1, 20))
    weight = weights(rng, n)
    return case(rng, "expected_calibration_error", "random", {"n_bins": bins}, {"t": texts}, {"p": list(p)}, "number", calibration(y, p, bins, weight), weight)


@metric("expected_calibration_error", "a column for each class")
def _(rng):
    y, p, names = several(rng)
    bins = int(rng.integers(2, 15))
    score = calibration((p.argmax(axis=1) == y).astype(int), p.max(axis=1), bins, None)
    return case(rng, "expected_calibration_error", "a column for each class", {"n_bins": bins}, {"t": [names[v] for v in y]}, {n: list(p[:, i]) for i, n in enumerate(names)}, "number", score)


@metric("probabilistic_f1")
def _(rng):
    y, p, texts, n = binary(rng)
    weight = weights(rng, n)
    w = np.ones(n) if weight is None else weight
    found, wrong = (w * p * y).sum(), (w * p * (1 - y)).sum()
    if found == 0:
        return None
    precision, recall = found / (found + wrong), found / (w * y).sum()
    return case(rng, "probabilistic_f1", "random", {}, {"t": texts}, {"p": list(p)}, "number", 2 * precision * recall / (precision + recall), weight)


@metric("kl_divergence")
def _(rng):
    n, k = int(rng.integers(1, 20)), int(rng.integers(2, 6))
    t = rng.dirichlet(np.ones(k), n)
    if rng.random() < 0.4:
        t = np.eye(k)[rng.integers(0, k, n)]
    p = rng.dirichlet(np.ones(k), n)
    weight = weights(rng, n)
    score = np.average(rel_entr(t, np.maximum(p, 2.0**-52)).sum(axis=1), weights=weight)
    names = [f"v{i}" for i in range(k)]
    return case(rng, "kl_divergence", "random", {}, {c: list(t[:, i]) for i, c in enumerate(names)}, {c: list(p[:, i]) for i, c in enumerate(names)}, "number", score, weight)


@metric("weighted_auc")
def _(rng):
    # The grader of openai/mle-bench: the curve with the edges of bands put in, each band closed to the right and measured by the trapezium rule.
    y, p, texts, n = binary(rng)
    weight = weights(rng, n)
    own = {} if rng.random() < 0.5 else {"bands": [0.25, 0.7], "band_weights": [3, 1, 0.5]}
    edges = [0, *own.get("bands", [0.4]), 1]
    parts = own.get("band_weights", [2, 1])
    fpr, tpr, _ = metrics.roc_curve(y, p, pos_label=1, sample_weight=weight, drop_intermediate=False)
    fpr, tpr = list(fpr), list(tpr)
    for edge in edges:
        if edge in tpr:
            continue
        i = next(i for i, value in enumerate(tpr) if value > edge)
        fpr.insert(i, fpr[i - 1] + (fpr[i] - fpr[i - 1]) * (edge - tpr[i - 1]) / (tpr[i] - tpr[i - 1]))
        tpr.insert(i, edge)
    fpr, tpr = np.array(fpr), np.array(tpr)
    score = 0
    for part, low, high in zip(parts, edges, edges[1:]):
        inside = (low <= tpr) & (tpr <= high)
        score += part * metrics.auc([*fpr[inside], 1], np.array([*tpr[inside], high]) - low)
    return case(rng, "weighted_auc", "random", own, {"t": texts}, {"p": list(p)}, "number", score / np.dot(np.diff(edges), parts), weight)


@metric("bias_auc")
def _(rng):
    n, k = int(rng.integers(20, 60)), int(rng.integers(1, 4))
    y = rng.integers(0, 2, n)
    p = np.clip(y * rng.random() * 0.5 + rng.random(n) * 0.7, 0, 1)
    if rng.random() < 0.4:
        p = np.round(p, 1)
    member = rng.random((n, k)) < 0.4
    own = {} if rng.random() < 0.5 else {"power": float(rng.choice([-2, 3, 0.5])), "overall_weight": float(np.round(rng.random(), 2))}
    exponent, share = own.get("power", -5), own.get("overall_weight", 0.25)
    subsets = [lambda m: m, lambda m: (m & (y == 0)) | (~m & (y == 1)), lambda m: (m & (y == 1)) | (~m & (y == 0))]
    means = []
    for inside in subsets:
        areas = []
        for i in range(k):
            rows = inside(member[:, i])
            if len(set(y[rows])) < 2:
                return None
            areas.append(metrics.roc_auc_score(y[rows], p[rows]))
        if min(areas) == 0:
            return None
        means.append(np.mean(np.array(areas) ** exponent) ** (1 / exponent))
    score = share * metrics.roc_auc_score(y, p) + (1 - share) / 3 * sum(means)
    groups = [[f"g{i}" for i in range(k) if row[i]] for row in member]
    return case(rng, "bias_auc", "random", own, {"target": list(y), "subgroups": groups}, {"p": list(p)}, "number", score)
