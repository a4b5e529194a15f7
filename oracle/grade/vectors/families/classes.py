"""Classes, by scikit-learn."""

import numpy as np
from sklearn import metrics

from common import case, metric

TEXTS = ["cat", "dog", "Zürich", "日本", "1", "01", "a,b", "naïve", "e\u0301", "é"]


def rows(rng, classes=None, least=2):
    """Truth, prediction, their type and maybe weights. The truth has at least `least` classes."""
    n = int(rng.integers(least, 30))
    k = classes or int(rng.integers(2, 7))
    integer = rng.random() < 0.5
    names = [str(x) for x in sorted(rng.choice(np.arange(-3, 9), k, replace=False))] if integer else list(rng.choice(TEXTS, k, replace=False))
    truth = [str(x) for x in rng.choice(names, n)]
    truth[: min(least, k)] = names[: min(least, k)]
    right = rng.random()
    guess = [t if rng.random() < right else str(rng.choice(names)) for t in truth]
    if rng.random() < 0.2:
        guess = [guess[0]] * n
    weight = np.round(rng.random(n) * 3, 2) + 0.01 if rng.random() < 0.4 else None
    return truth, guess, "integer" if integer else "string", weight, names


def values(texts, type):
    return [int(t) for t in texts] if type == "integer" else np.array(texts, dtype=object)


def simple(id, function, **options):
    @metric(id)
    def generate(rng):
        truth, guess, type, weight, _ = rows(rng)
        score = function(values(truth, type), values(guess, type), sample_weight=weight, **options)
        return case(rng, id, "random", {}, {"t": truth}, {"p": guess}, type, score, weight)


simple("accuracy", metrics.accuracy_score)
simple("balanced_accuracy", metrics.balanced_accuracy_score)
simple("zero_one_loss", metrics.zero_one_loss)
simple("mcc", metrics.matthews_corrcoef)
simple("cohen_kappa", metrics.cohen_kappa_score)
simple("quadratic_weighted_kappa", metrics.cohen_kappa_score, weights="quadratic")
simple("hamming_loss", metrics.hamming_loss)


@metric("balanced_accuracy", "adjusted")
def _(rng):
    truth, guess, type, weight, _ = rows(rng)
    score = metrics.balanced_accuracy_score(values(truth, type), values(guess, type), sample_weight=weight, adjusted=True)
    return case(rng, "balanced_accuracy", "adjusted", {"adjusted": True}, {"t": truth}, {"p": guess}, type, score, weight)


@metric("cohen_kappa", "weights and labels")
def _(rng):
    truth, guess, type, weight, names = rows(rng)
    labels = names if type == "string" else [int(n) for n in names]
    kind = str(rng.choice(["none", "linear", "quadratic"]))
    score = metrics.cohen_kappa_score(
        values(truth, type), values(guess, type), labels=labels, weights=None if kind == "none" else kind, sample_weight=weight
    )
    return case(rng, "cohen_kappa", "weights and labels", {"weights": kind, "labels": labels}, {"t": truth}, {"p": guess}, type, score, weight)


FUNCTIONS = {
    "precision": metrics.precision_score,
    "recall": metrics.recall_score,
    "fbeta": metrics.fbeta_score,
    "jaccard": metrics.jaccard_score,
}
FIXED = {"f1_macro": "macro", "f1_micro": "micro", "f1_weighted": "weighted"}


def averages(id, function, fixed=None):
    name = fixed or "averages"

    @metric(id, name)
    def generate(rng):
        truth, guess, type, weight, names = rows(rng)
        average = fixed or str(rng.choice(["binary", "micro", "macro", "weighted"]))
        params = {} if fixed else {"average": average, "zero_division": int(rng.integers(0, 2))}
        options = {"zero_division": params.get("zero_division", 0), "sample_weight": weight}
        if id == "fbeta":
            params["beta"] = options["beta"] = float(rng.choice([0.5, 1, 2, 0.1]))
        t, p = values(truth, type), values(guess, type)
        if average == "binary":
            positive = truth[0]
            params["posLabel"] = positive
            t, p = [x == positive for x in truth], [x == positive for x in guess]
            return case(rng, id, name, params, {"t": truth}, {"p": guess}, type, function(t, p, **options), weight)
        if rng.random() < 0.4:
            some = [truth[0], *[n for n in names if n != truth[0]][: int(rng.integers(0, 3))]]
            params["labels"] = some if type == "string" else [int(n) for n in some]
            options["labels"] = params["labels"]
        return case(rng, id, name, params, {"t": truth}, {"p": guess}, type, function(t, p, average=average, **options), weight)

    @metric(id, f"{name}, sets of labels")
    def sets(rng):
        n, k = int(rng.integers(1, 20)), int(rng.integers(2, 6))
        names = [f"l{i}" for i in range(k)]
        t = (rng.random((n, k)) < 0.4).astype(int)
        t[0, 0] = 1
        p = np.where(rng.random((n, k)) < 0.6, t, (rng.random((n, k)) < 0.4).astype(int))
        average = fixed or str(rng.choice(["micro", "macro", "weighted", "samples"]))
        params = {} if fixed else {"average": average, "zero_division": int(rng.integers(0, 2))}
        if average != "samples":
            params["labels"] = names
        options = {"zero_division": params.get("zero_division", 0)}
        if id == "fbeta":
            params["beta"] = options["beta"] = float(rng.choice([0.5, 1, 2]))
        weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
        score = function(t, p, average=average, sample_weight=weight, **options)
        lists = [[list(rng.permutation([names[j] for j in range(k) if m[i, j]])) for i in range(n)] for m in (t, p)]
        return case(rng, id, f"{name}, sets of labels", params, {"t": lists[0]}, {"p": lists[1]}, "list", score, weight)


for id, function in FUNCTIONS.items():
    averages(id, function)
for id, average in FIXED.items():
    averages(id, metrics.f1_score, average)


@metric("f1_binary")
def _(rng):
    truth, guess, type, weight, _ = rows(rng)
    positive = truth[0]
    score = metrics.f1_score([x == positive for x in truth], [x == positive for x in guess], sample_weight=weight, zero_division=0)
    return case(rng, "f1_binary", "random", {"posLabel": positive}, {"t": truth}, {"p": guess}, type, score, weight)


def of_sets(id, function, labels):
    @metric(id, "sets of labels")
    def generate(rng):
        n, k = int(rng.integers(1, 20)), int(rng.integers(2, 6))
        names = [f"l{i}" for i in range(k)]
        t = (rng.random((n, k)) < 0.4).astype(int)
        p = np.where(rng.random((n, k)) < 0.8, t, (rng.random((n, k)) < 0.4).astype(int))
        weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
        lists = [[list(rng.permutation([names[j] for j in range(k) if m[i, j]])) for i in range(n)] for m in (t, p)]
        params = {"labels": names} if labels else {}
        return case(rng, id, "sets of labels", params, {"t": lists[0]}, {"p": lists[1]}, "list", function(t, p, sample_weight=weight), weight)


of_sets("accuracy", metrics.accuracy_score, False)
of_sets("zero_one_loss", metrics.zero_one_loss, False)
of_sets("hamming_loss", metrics.hamming_loss, True)


@metric("accuracy", "worst group")
def _(rng):
    truth, guess, type, weight, _ = rows(rng, least=3)
    group = [str(g) for g in rng.choice(["a", "b", "ü"], len(truth))]
    average = str(rng.choice(["worst", "macro", "weighted"]))
    weight = np.ones(len(truth)) if weight is None else weight
    parts = []
    for g in sorted(set(group)):
        own = [i for i in range(len(group)) if group[i] == g]
        score = metrics.accuracy_score([truth[i] for i in own], [guess[i] for i in own], sample_weight=weight[own])
        parts.append((score, weight[own].sum()))
    scores, sizes = np.array(parts).T
    score = {"worst": scores.min(), "macro": scores.mean(), "weighted": np.average(scores, weights=sizes)}[average]
    return case(rng, "accuracy", "groups", {"group_average": average}, {"t": truth}, {"p": guess}, type, score, weight, group)
