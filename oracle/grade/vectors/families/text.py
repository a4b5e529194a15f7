"""Texts, by jiwer, sacrebleu, rouge-score and seqeval; SQuAD's metrics as its script has them."""

import re
import string

import jiwer
import numpy as np
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF, TER
from seqeval.metrics import f1_score as span_f1
from sklearn.metrics import f1_score

from common import case, metric

WORDS = "the a an cat Dog sat on mat, mat. 3.5 1,000 don't well-known U.S. (yes) Zürich 日本 naïve e\u0301 😀 & ; 'quoted' 20-30 %".split()


def texts(rng, least=1, empty=False):
    n = int(rng.integers(1, 9))
    truth = [" ".join(rng.choice(WORDS, int(rng.integers(least, 12)))) for _ in range(n)]
    guess = []
    for t in truth:
        words = [w for w in t.split(" ") if rng.random() < 0.85]
        words = [str(rng.choice(WORDS)) if rng.random() < 0.2 else w for w in words]
        if rng.random() < 0.2:
            words += list(rng.choice(WORDS, 2))
        guess.append(" ".join(words) if empty else " ".join(words) or "cat")
    weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
    return truth, guess, weight


def rows(id, function, params=None, least=1, empty=True):
    @metric(id)
    def generate(rng):
        truth, guess, weight = texts(rng, least, empty)
        own = params(rng) if params else {}
        score = np.average([function(t, p, **own) for t, p in zip(truth, guess)], weights=weight)
        return case(rng, id, "random", own, {"t": truth}, {"p": guess}, "text", score, weight)


def corpus(id, function, empty=True):
    @metric(id)
    def generate(rng):
        truth, guess, _ = texts(rng, 1, empty)
        return case(rng, id, "random", {}, {"t": truth}, {"p": guess}, "text", function(truth, guess))


corpus("wer", lambda t, p: jiwer.wer(t, p))
corpus("cer", lambda t, p: jiwer.cer(t, p))
corpus("bleu", lambda t, p: BLEU().corpus_score(p, [t]).score)
corpus("chrf", lambda t, p: CHRF().corpus_score(p, [t]).score)


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (x != y)))
        row = new
    return row[-1]


rows(
    "levenshtein",
    lambda t, p, relative=False: distance(t, p) / (max(1, len(t), len(p)) if relative else 1),
    lambda rng: {"relative": True} if rng.random() < 0.5 else {},
)


def lower(text):
    return "".join(c.lower() if c in string.ascii_uppercase else c for c in text)


def squad(text):
    text = "".join(ch for ch in lower(text) if ch not in set(string.punctuation))
    return " ".join(w for w in text.split() if w not in ("a", "an", "the"))


def variant(rng):
    return {"variant": str(rng.choice(["plain", "squad"]))}


def form(text, variant):
    return squad(text) if variant == "squad" else text


def f1(t, p, variant):
    a, b = form(t, variant).split(), form(p, variant).split()
    if not a or not b:
        return float(a == b)
    same = sum(min(a.count(w), b.count(w)) for w in set(a))
    return 0 if same == 0 else 2 * same / (len(a) + len(b))


rows("exact_match", lambda t, p, variant: float(form(t, variant) == form(p, variant)), variant)
rows("token_f1", f1, variant)


def jaccard(t, p):
    a, b = set(lower(t).split()), set(lower(p).split())
    return 1 if not a | b else len(a & b) / len(a | b)


rows("word_jaccard", jaccard)

ROUGE = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=False)
for id, name in {"rouge1": "rouge1", "rouge2": "rouge2", "rouge_l": "rougeL"}.items():
    rows(id, lambda t, p, name=name: ROUGE.score(t, p)[name].fmeasure)

TAGS = ["O", "O", "B-PER", "I-PER", "B-LOC", "I-LOC", "S-ORG", "E-PER"]


@metric("span_f1")
def _(rng):
    n = int(rng.integers(1, 8))
    truth = [list(rng.choice(TAGS, int(rng.integers(1, 10)))) for _ in range(n)]
    truth[0][0] = "B-PER"
    guess = [[t if rng.random() < 0.8 else str(rng.choice(TAGS)) for t in row] for row in truth]
    return case(rng, "span_f1", "random", {}, {"t": truth}, {"p": guess}, "list", span_f1([list(map(str, r)) for r in truth], guess))


@metric("ter")
def _(rng):
    truth, guess, _ = texts(rng, 1, True)
    long = rng.random() < 0.3
    for i, text in enumerate(guess):
        words = text.split(" ") * (int(rng.integers(2, 9)) if long else 1)
        for _ in range(int(rng.integers(0, 3))):
            start, end = sorted(rng.integers(0, len(words) + 1, 2))
            moved, rest = words[start:end], words[:start] + words[end:]
            at = int(rng.integers(0, len(rest) + 1))
            words = rest[:at] + moved + rest[at:]
        guess[i] = " ".join(words)
    if long:
        truth = [" ".join([t] * int(rng.integers(1, 9))) for t in truth]
    return case(rng, "ter", "random", {}, {"t": truth}, {"p": guess}, "text", TER().corpus_score(guess, [truth]).score)


@metric("answer_f1")
def _(rng):
    n = int(rng.integers(1, 20))
    answers = ["1:4", "5:9", "12:40", "YES", "NO"]
    truth = [list(rng.choice(answers, int(rng.integers(0, 4)), replace=False)) for _ in range(n)]
    guess = [str(rng.choice(answers)) if rng.random() < 0.7 else "" for _ in range(n)]
    if not any(truth):
        return None
    weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
    w = np.ones(n) if weight is None else weight
    # The counting of openai/mle-bench: a prediction is 1 where something is answered, the truth 1 where that is right or something is missing.
    predicted = [1 if g else 0 for g in guess]
    actual = [int(g in t) if g else int(bool(t)) for g, t in zip(guess, truth)]
    if rng.random() < 0.4:
        own, score = {"variant": "accuracy"}, f1_score(actual, predicted, average="micro", sample_weight=w)
    else:
        own, score = {}, f1_score(actual, predicted, zero_division=0, sample_weight=w)
    return case(rng, "answer_f1", "random", own, {"t": truth}, {"p": guess}, "list", score, weight)
