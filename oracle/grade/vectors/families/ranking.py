"""Ranked lists: by scikit-learn (NDCG and DCG), the rest by the definitions, a row at a time (average precision as ml_metrics has it)."""

import numpy as np
from scipy.stats import kendalltau
from sklearn import metrics

from common import case, metric

ITEMS = [f"i{i}" for i in range(12)]


def average_precision(actual, predicted, k):
    score, hits = 0.0, 0.0
    for i, p in enumerate(predicted[:k]):
        if p in actual and p not in predicted[:i]:
            hits += 1.0
            score += hits / (i + 1.0)
    return score / min(len(actual), k)


def found(actual, predicted, k):
    return len(set(predicted[:k]) & set(actual))


def reciprocal(actual, predicted, k):
    return next((1 / (i + 1) for i, p in enumerate(predicted[:k]) if p in actual), 0)


def lists(id, function):
    @metric(id)
    def generate(rng):
        n, k = int(rng.integers(1, 15)), int(rng.integers(1, 8))
        actual = [list(rng.choice(ITEMS, int(rng.integers(1, 6)), replace=False)) for _ in range(n)]
        predicted = [list(rng.choice(ITEMS, int(rng.integers(0, 9)), replace=rng.random() < 0.3)) for _ in range(n)]
        weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
        score = np.average([function(a, p, k) for a, p in zip(actual, predicted)], weights=weight)
        return case(rng, id, "random", {"k": k}, {"t": actual}, {"p": predicted}, "list", score, weight)


lists("map_at_k", average_precision)
lists("precision_at_k", lambda a, p, k: found(a, p, k) / k)
lists("recall_at_k", lambda a, p, k: found(a, p, k) / len(a))
lists("hit_rate_at_k", lambda a, p, k: float(found(a, p, k) > 0))
lists("mrr", reciprocal)


def gains(rng, id, function):
    queries = int(rng.integers(1, 5))
    truth, scores, group, parts = [], [], [], []
    weights = np.round(rng.random(queries) * 2 + 0.1, 2) if rng.random() < 0.4 else np.ones(queries)
    params = {"k": int(rng.integers(1, 8))} if rng.random() < 0.6 else {}
    if rng.random() < 0.4:
        params["gain"] = "exponential"
    for q in range(queries):
        n = int(rng.integers(2, 12))
        t = rng.integers(0, 4, n)
        t[0] = 2
        s = np.round(rng.random(n), int(rng.integers(1, 4)))
        gains = 2.0**t - 1 if params.get("gain") == "exponential" else t
        parts.append(function([gains], [s], k=params.get("k")))
        truth += list(t)
        scores += list(s)
        group += [f"q{q}"] * n
    # scikit-learn has a weight for each query, the truth in each row of it.
    weight = None if (weights == 1).all() else [weights[int(query[1:])] for query in group]
    return case(rng, id, "random", params, {"t": truth}, {"p": scores}, "number", np.average(parts, weights=weights), weight, group)


metric("ndcg")(lambda rng: gains(rng, "ndcg", metrics.ndcg_score))


@metric("order_kendall")
def _(rng):
    # Kendall's tau of all rows together is the mean of the rows' own, weighted by their pairs.
    n = int(rng.integers(1, 9))
    truth = [[f"c{i}" for i in rng.permutation(int(rng.integers(1, 12)))] for _ in range(n)]
    guess = []
    for t in truth:
        p = list(t)
        for _ in range(int(rng.integers(0, 5))):
            i, j = rng.integers(0, len(p), 2)
            p[i], p[j] = p[j], p[i]
        guess.append(p)
    pairs = np.array([len(t) * (len(t) - 1) for t in truth])
    if pairs.sum() == 0:
        return None
    taus = [kendalltau(range(len(t)), [t.index(x) for x in p]).statistic if len(t) > 1 else 0 for t, p in zip(truth, guess)]
    return case(rng, "order_kendall", "random", {}, {"t": truth}, {"p": guess}, "list", float(np.average(taus, weights=pairs)))


metric("dcg")(lambda rng: gains(rng, "dcg", metrics.dcg_score))
