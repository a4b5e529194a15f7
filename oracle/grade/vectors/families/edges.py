"""What the random cases of the other families seldom have: weights of 0 and of extreme size, classes that only labels or predictions name, classes
whose names look like numbers, ties everywhere, certain and wrong predictions, numbers near each other, and texts of odd characters."""

import jiwer
import numpy as np
from lifelines.utils import concordance_index
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF, TER
from scipy import stats
from seqeval.metrics import f1_score as span_f1
from sklearn import metrics

from common import case, metric

NAMES = ["cat", "1", "01", "1.0", "10", "9", "1e1", "-0", "0", "nan", "inf", "NaN", "None", "True", "é", "e\u0301"]


def weights(rng, n):
    """Many of them 0, all of them small or huge; at least one above 0."""
    if rng.random() < 0.3:
        return None
    weight = np.where(rng.random(n) < 0.4, 0, np.round(rng.random(n) * 3, 2)) * 10.0 ** rng.integers(-4, 12)
    if weight.sum() == 0:
        weight[0] = 1
    return weight


def classes(rng):
    n, k = int(rng.integers(3, 20)), int(rng.integers(2, 6))
    names = [str(name) for name in rng.choice(NAMES, k, replace=False)]
    truth = names[:2] + [str(name) for name in rng.choice(names, n - 2)]
    guess = [str(name) for name in rng.choice(names + [str(rng.choice(NAMES))], n)]
    if rng.random() < 0.3:
        guess = [guess[0]] * n
    return np.array(truth, object), np.array(guess, object), weights(rng, n)


def of_classes(id, function, **params):
    @metric(id, "edges")
    def generate(rng):
        truth, guess, weight = classes(rng)
        score = function(truth, guess, sample_weight=weight, **params)
        own = {} if id == "quadratic_weighted_kappa" else params
        return case(rng, id, "edges", own, {"t": truth}, {"p": guess}, "string", score, weight)


of_classes("accuracy", metrics.accuracy_score)
of_classes("balanced_accuracy", metrics.balanced_accuracy_score)
of_classes("mcc", metrics.matthews_corrcoef)
of_classes("cohen_kappa", metrics.cohen_kappa_score, weights="linear")
of_classes("quadratic_weighted_kappa", metrics.cohen_kappa_score, weights="quadratic")

RATIOS = {
    "precision": metrics.precision_score,
    "recall": metrics.recall_score,
    "jaccard": metrics.jaccard_score,
    "fbeta": metrics.fbeta_score,
}


def of_ratios(id, function):
    def options(rng, averages):
        given = {"average": str(rng.choice(averages)), "zero_division": int(rng.integers(0, 2))}
        if id == "fbeta":
            given["beta"] = float(rng.choice([0, 0.5, 30, 1000]))
        return given

    @metric(id, "edges")
    def generate(rng):
        truth, guess, weight = classes(rng)
        own = options(rng, ["micro", "macro", "weighted"])
        # The reference counts classes that only rows of weight 0 have, the engine does not.
        if weight is not None and own["average"] == "macro" and set(truth) | set(guess) != set(truth[weight > 0]) | set(guess[weight > 0]):
            return None
        if rng.random() < 0.6:
            own["labels"] = list(dict.fromkeys([truth[0 if weight is None else int(weight.argmax())], *[str(name) for name in rng.choice(NAMES, 3, replace=False)]]))
        score = function(truth, guess, sample_weight=weight, **own)
        return case(rng, id, "edges", own, {"t": truth}, {"p": guess}, "string", score, weight)

    @metric(id, "edges, sets of labels")
    def sets(rng):
        n, k = int(rng.integers(1, 12)), int(rng.integers(2, 6))
        t, p = [(rng.random((n, k)) < 0.3).astype(int) for _ in range(2)]
        t[0, 0] = 1
        weight = weights(rng, n)
        own = options(rng, ["micro", "macro", "weighted", "samples"])
        # At least one of them has a row that counts.
        labels = sorted({int(t[0 if weight is None else int(weight.argmax())].argmax()), *[j for j in range(k) if rng.random() < 0.5]})
        if not (t[:, labels] * (1 if weight is None else weight[:, None])).any():
            return None
        some = {} if own["average"] == "samples" else {"labels": labels}
        score = function(t, p, sample_weight=weight, **own, **some)
        if some:
            own["labels"] = [f"l{j}" for j in labels]
        lists = [[[f"l{j}" for j in range(k) if m[i, j]] for i in range(n)] for m in (t, p)]
        return case(rng, id, "edges, sets of labels", own, {"t": lists[0]}, {"p": lists[1]}, "list", score, weight)


for id, function in RATIOS.items():
    of_ratios(id, function)


def of_scores(id, function, draw=lambda rng: {}):
    @metric(id, "edges")
    def generate(rng):
        n = int(rng.integers(2, 15))
        y = np.concatenate([[0, 1], rng.integers(0, 2, n - 2)])
        kinds = [np.full(n, 0.5), np.round(rng.random(n), 1), (rng.random(n) > 0.5).astype(float), 1 - 1e-16 * rng.random(n), rng.random(n) * 1e-300, y + 0.0, 1.0 - y]
        p, weight, own = kinds[int(rng.integers(0, len(kinds)))], weights(rng, n), draw(rng)
        if weight is not None and min(weight[y == 0].sum(), weight[y == 1].sum()) == 0:
            return None
        return case(rng, id, "edges", own, {"t": list(y)}, {"p": list(p)}, "number", function(y, p, sample_weight=weight, **own), weight)


of_scores("roc_auc", metrics.roc_auc_score)
of_scores("roc_auc", metrics.roc_auc_score, lambda rng: {"max_fpr": float(rng.choice([1e-3, 0.3, 1]))})
of_scores("average_precision", metrics.average_precision_score)
of_scores("log_loss", metrics.log_loss)
of_scores("brier_score", metrics.brier_score_loss)
of_scores("d2_log_loss", metrics.d2_log_loss_score)
of_scores("d2_brier", metrics.d2_brier_score)


def of_columns(id, function, draw=lambda rng: {}):
    @metric(id, "edges, a column for each class")
    def generate(rng):
        k = int(rng.integers(3, 6))
        n = int(rng.integers(k, 15))
        y = np.concatenate([np.arange(k), rng.integers(0, k, n - k)])
        p = [np.round(rng.random((n, k)), 1) + 1e-3, np.eye(k)[rng.integers(0, k, n)], np.ones((n, k))][int(rng.integers(0, 3))]
        p = p / p.sum(axis=1, keepdims=True)
        weight, own = weights(rng, n), draw(rng)
        if weight is not None and min(weight[y == c].sum() for c in range(k)) == 0:
            return None
        names = [f"c{i}" for i in range(k)]
        score = function(y, p, labels=np.arange(k), sample_weight=weight, **own)
        return case(rng, id, "edges, a column for each class", own, {"t": [names[v] for v in y]}, {c: list(p[:, i]) for i, c in enumerate(names)}, "number", score, weight)


of_columns("log_loss", metrics.log_loss)
of_columns("brier_score", metrics.brier_score_loss)
of_columns("top_k_accuracy", metrics.top_k_accuracy_score, lambda rng: {"k": 2})
of_columns("roc_auc_ovr", lambda *a, **o: metrics.roc_auc_score(*a, multi_class="ovr", **o), lambda rng: {"average": str(rng.choice(["macro", "weighted"]))})


def of_numbers(id, function, positive=False, weighted=True, draw=lambda rng: {}):
    @metric(id, "edges")
    def generate(rng):
        n = int(rng.integers(2, 12))
        kinds = [rng.normal(size=n) * 1e-2 + 1e4, rng.integers(0, 3, n) + 0.0, rng.normal(size=n) * 10.0 ** rng.integers(-150, 6), np.abs(rng.normal(size=n))]
        t = kinds[int(rng.integers(0, len(kinds)))]
        t[0] += np.abs(t).max() * 0.1 + 0.1
        p = t + rng.normal(size=n) * np.abs(t).max() * rng.choice([0, 1e-6, 1])
        if rng.random() < 0.2:
            p = np.full(n, p[0])
        if positive:
            t, p = np.abs(t), np.abs(p)
            if p.min() == 0 or (positive == "strictly" and t.min() == 0):
                return None
        weight, own = weights(rng, n) if weighted else None, draw(rng)
        if weight is not None and len(set(t[weight > 0])) < 2:
            return None
        given = {"sample_weight": weight} if weighted else {}
        return case(rng, id, "edges", own, {"t": list(t)}, {"p": list(p)}, "number", function(t, p, **given, **own), weight)


of_numbers("rmse", metrics.root_mean_squared_error)
of_numbers("r2", metrics.r2_score)
of_numbers("explained_variance", metrics.explained_variance_score)
of_numbers("rmsle", metrics.root_mean_squared_log_error, positive=True)
of_numbers("poisson_deviance", metrics.mean_poisson_deviance, positive=True)
of_numbers("gamma_deviance", metrics.mean_gamma_deviance, positive="strictly")
of_numbers("tweedie_deviance", metrics.mean_tweedie_deviance, positive=True, draw=lambda rng: {"power": float(rng.choice([0, 1, 1.5]))})
of_numbers("median_ae", metrics.median_absolute_error, weighted=False)
of_numbers("pearson", lambda t, p: stats.pearsonr(t, p)[0], weighted=False)
of_numbers("spearman", lambda t, p: stats.spearmanr(t, p)[0], weighted=False)
of_numbers("kendall", lambda t, p: stats.kendalltau(t, p)[0], weighted=False)


def of_rankings(id, function):
    @metric(id, "edges")
    def generate(rng):
        n, k = int(rng.integers(1, 10)), int(rng.integers(2, 6))
        y = (rng.random((n, k)) < rng.random()).astype(int)
        p = np.round(rng.random((n, k)), 1) if rng.random() < 0.8 else np.full((n, k), 0.5)
        names, weight = [f"l{i}" for i in range(k)], weights(rng, n)
        score = function(y, p, sample_weight=weight)
        return case(rng, id, "edges", {}, {c: list(y[:, i]) for i, c in enumerate(names)}, {c: list(p[:, i]) for i, c in enumerate(names)}, "number", score, weight)


of_rankings("label_ranking_average_precision", metrics.label_ranking_average_precision_score)
of_rankings("label_ranking_loss", metrics.label_ranking_loss)
of_rankings("coverage_error", metrics.coverage_error)


def of_clusters(id, function, methods=None):
    @metric(id, "edges")
    def generate(rng):
        n = int(rng.integers(2, 14))
        t, p = [np.arange(n) if rng.random() < 0.2 else rng.integers(0, rng.integers(1, 6), n) for _ in range(2)]
        own = {"average_method": str(rng.choice(methods))} if methods else {}
        # Where nothing can be told from chance the reference divides what rounding left.
        if own.get("average_method") == "min" and id == "adjusted_mutual_info" and n in (len(set(t)), len(set(p))):
            return None
        return case(rng, id, "edges", own, {"t": [f"a{x}" for x in t]}, {"p": [f"b{x}" for x in p]}, "string", function(t, p, **own))


METHODS = ["min", "geometric", "arithmetic", "max"]
of_clusters("adjusted_rand", metrics.adjusted_rand_score)
of_clusters("rand", metrics.rand_score)
of_clusters("homogeneity", metrics.homogeneity_score)
of_clusters("completeness", metrics.completeness_score)
of_clusters("v_measure", metrics.v_measure_score)
of_clusters("fowlkes_mallows", metrics.fowlkes_mallows_score)
of_clusters("adjusted_mutual_info", metrics.adjusted_mutual_info_score, METHODS)
of_clusters("normalized_mutual_info", metrics.normalized_mutual_info_score, METHODS)

WORDS = "a b c ! ? ... 1,2 1.2 3. .4 -5 a-b - &amp; &quot; <skipped> x/y $5 (a) [b] {c} “q” ’s 日本語 ñ e\u0301 ﬁ İ İst \u212a ß ſ 😀👍 \u00a0 \u200b \u3000 #h @m % ^ ~ ` | _".split(" ")
ROUGE = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=False)


def of_texts(id, function):
    @metric(id, "edges")
    def generate(rng):
        def text(least):
            return " ".join(str(word) for word in rng.choice(WORDS, int(rng.integers(least, 9)))).strip(" ")

        truth = [text(1) for _ in range(int(rng.integers(1, 5)))]
        guess = [t if rng.random() < 0.3 else text(0) for t in truth]
        if not any(t.split() for t in truth):
            return None
        return case(rng, id, "edges", {}, {"t": truth}, {"p": guess}, "text", function(truth, guess))


of_texts("wer", jiwer.wer)
of_texts("cer", jiwer.cer)
of_texts("bleu", lambda t, p: BLEU().corpus_score(p, [t]).score)
of_texts("chrf", lambda t, p: CHRF().corpus_score(p, [t]).score)
of_texts("ter", lambda t, p: TER().corpus_score(p, [t]).score)
for id, name in {"rouge1": "rouge1", "rouge2": "rouge2", "rouge_l": "rougeL"}.items():
    of_texts(id, lambda t, p, name=name: np.mean([ROUGE.score(a, b)[name].fmeasure for a, b in zip(t, p)]))

TAGS = ["O", "B-", "I-X", "B-X", "B-Y", "E-X", "S-Y", "L-X", "U-Y", "I", "B", "Bx-Y", "b-X", "I-Y-Z", "."]


@metric("span_f1", "edges")
def _(rng):
    truth = [[str(tag) for tag in rng.choice(TAGS, int(rng.integers(1, 7)))] for _ in range(int(rng.integers(1, 4)))]
    truth[0][0] = "B-X"
    guess = [[tag if rng.random() < 0.7 else str(rng.choice(TAGS)) for tag in row] for row in truth]
    return case(rng, "span_f1", "edges", {}, {"t": truth}, {"p": guess}, "list", span_f1(truth, guess))


@metric("concordance_index", "edges")
def _(rng):
    n = int(rng.integers(2, 12))
    times, events, guess = rng.integers(0, 4, n), rng.integers(0, 2, n), rng.integers(-2, 3, n)
    try:
        score = concordance_index(times, guess, events)
    except ZeroDivisionError:
        return None
    return case(rng, "concordance_index", "edges", {}, {"time": list(times), "event": list(events)}, {"p": list(guess)}, "number", score)
