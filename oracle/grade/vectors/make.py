"""Makes the golden vectors of the grading engine with scikit-learn and Python's own numbers.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install -r requirements.txt && /tmp/venv/bin/python make.py

Nothing here shares code with the engine: scores come from scikit-learn, units from exact fractions, float64 values from Python's
parser, content hashes from hashlib over bytes packed by the text of ../src/canonical.ts.
"""

import csv
import hashlib
import io
import json
import struct
import warnings
from fractions import Fraction
from pathlib import Path

import numpy as np
from sklearn import metrics
import sklearn

warnings.simplefilter("error")
HERE = Path(__file__).parent
random = np.random.default_rng(20261101)


def write_csv(header, rows, **format):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", **format).writerows([header, *rows])
    return out.getvalue()


def text(value):
    """Numbers as Python prints them, so that they are read back exactly."""
    return value if isinstance(value, str) else repr(float(value))


def units(score):
    """Score in units of 1e-7, half to even, by exact fractions."""
    return str(round(Fraction(score) * 10**7))


def ids_of(n):
    """Ids of every kind: plain numbers, numbers with leading zeros, texts beyond ASCII."""
    kind = random.integers(3)
    if kind == 0:
        return [str(i) for i in random.permutation(n * 3)[:n]]
    if kind == 1:
        return [f"{i:05d}" for i in random.permutation(n)]
    return [f"row {i} ä€😀"[: 5 + i % 9] + f"-{i}" for i in random.permutation(n)]


scores = []


def case(name, metric, truth, columns, score, params=None, type=None):
    """One vector. `columns` maps names to predicted values in the order of the truth; the files are shuffled apart."""
    n = len(truth)
    ids = ids_of(n)
    order = random.permutation(n)
    truth_csv = write_csv(["id", "truth"], [[i, text(t)] for i, t in zip(ids, truth)])
    rows = [[ids[k], *(text(values[k]) for values in columns.values())] for k in order]
    scores.append(
        {
            "name": f"{metric}: {name}",
            "metric": metric,
            "params": params or {},
            "truthType": type or ("label" if isinstance(truth[0], str) else "number"),
            "columns": list(columns),
            "truth": truth_csv,
            "submission": write_csv(["id", *columns], rows),
            "score": float(score),
            "scoreUnits": units(float(score)),
        }
    )


def noisy(truth, labels, right):
    """Predictions that are right with the given chance."""
    return [t if random.random() < right else str(random.choice(labels)) for t in truth]


def choice(labels, n):
    return [str(x) for x in random.choice(labels, n)]


AVERAGES = {"f1_macro": "macro", "f1_micro": "micro", "f1_weighted": "weighted"}
ANIMALS = ["cat", "dog", "horse"]
UNICODE = ["naïve", "Zürich", "日本", "😀", "a,b", 'say "hi"', "two\nlines", "é", "e\u0301", "\ue000", "1", "1.0"]

for name, labels, extra, n, right in [
    ("three classes", ANIMALS, [], 90, 0.7),
    ("classes that are never right", ANIMALS, [], 60, 0.0),
    ("predicted classes that the truth does not have", ANIMALS, ["bird", "ant"], 80, 0.5),
    ("perfect", ANIMALS, [], 30, 1.0),
    ("labels beyond ASCII, with commas, quotes and line breaks", UNICODE, [], 70, 0.6),
    ("two hundred classes, some missing in the prediction", [f"c{i}" for i in range(200)], [], 150, 0.4),
    ("class numbers", [str(i) for i in range(7)], [], 60, 0.8),
    ("one row", ["x"], [], 1, 1.0),
    ("one row, wrong", ["x"], ["y"], 1, 0.0),
]:
    truth = choice(labels, n)
    guess = noisy(truth, labels + extra, right) if name != "one row, wrong" else ["y"]
    case(name, "accuracy", truth, {"p": guess}, metrics.accuracy_score(truth, guess))
    for id, average in AVERAGES.items():
        case(name, id, truth, {"p": guess}, metrics.f1_score(truth, guess, average=average, zero_division=0))

truth = choice(ANIMALS, 100)
guess = noisy(truth, ANIMALS + ["ant"], 0.6)
for id, average in AVERAGES.items():
    for some in (["cat", "dog"], ["dog", "horse", "never seen"]):
        score = metrics.f1_score(truth, guess, labels=some, average=average, zero_division=0)
        case(f"only {' and '.join(some)}", id, truth, {"p": guess}, score, {"labels": some})

truth = [str(x) for x in random.integers(-3, 4, 90)]
guess = noisy(truth, [str(x) for x in range(-3, 4)], 0.5)
for id, average in AVERAGES.items():
    score = metrics.f1_score([int(t) for t in truth], [int(g) for g in guess], average=average, zero_division=0)
    case("integers, negative ones too", id, truth, {"p": guess}, score, type="integer")

for name, labels, positive, n, right in [
    ("0 and 1", ["0", "1"], "1", 150, 0.7),
    ("named classes", ["no", "yes"], "yes", 70, 0.8),
    ("the lesser label is positive", ["no", "yes"], "no", 70, 0.4),
    ("nothing positive predicted", ["0", "1"], "1", 20, None),
    ("everything positive predicted", ["0", "1"], "1", 20, None),
]:
    truth = [*labels, *choice(labels, n - 2)]
    everything = name.startswith("everything")
    guess = ["1" if everything else "0"] * n if right is None else noisy(truth, labels, right)
    score = metrics.f1_score(truth, guess, pos_label=positive, zero_division=0)
    case(name, "f1_binary", truth, {"p": guess}, score, {} if positive == "1" else {"posLabel": positive})

for name, n, make in [
    ("continuous", 120, lambda y: y * 0.3 + random.random(len(y))),
    ("many ties", 120, lambda y: np.round(y * 0.2 + random.random(len(y)), 1)),
    ("constant", 40, lambda y: np.full(len(y), 0.25)),
    ("perfect", 40, lambda y: y * 1.0),
    ("reversed", 40, lambda y: -y * 1.0),
    ("huge and tiny", 60, lambda y: (random.random(len(y)) - 0.5) * 10.0 ** random.integers(-300, 300, len(y))),
    ("two rows", 2, lambda y: np.array([0.1, 0.9])),
    ("infinitesimal differences", 60, lambda y: 0.5 + (y + random.integers(-2, 3, len(y))) * 2.0**-53),
]:
    y = np.concatenate([[0, 1], random.integers(0, 2, n - 2)])
    s = make(y)
    score = metrics.roc_auc_score(y, s)
    case(name, "roc_auc", [str(v) for v in y], {"p": s}, score)
    named = ["benign" if v == 0 else "malignant" for v in y]
    case(f"{name}, named classes", "roc_auc", named, {"p": s}, metrics.roc_auc_score(named, s))
    case(f"{name}, lesser class positive", "roc_auc", named, {"p": s}, metrics.roc_auc_score(1 - y, s), {"posLabel": "benign"})

for name, n, make in [
    ("calibrated", 80, lambda y: np.clip(y * 0.4 + random.random(len(y)) * 0.6, 0, 1)),
    ("sure and right", 20, lambda y: y * 1.0),
    ("sure and wrong", 20, lambda y: 1.0 - y),
    ("near 0 and 1", 60, lambda y: np.clip(y + (1 - 2 * y) * 10.0 ** -random.integers(1, 20, len(y)), 0, 1)),
    ("two rows", 2, lambda y: np.array([0.3, 0.6])),
]:
    y = np.concatenate([[0, 1], random.integers(0, 2, n - 2)])
    p = make(y)
    case(name, "log_loss", [str(v) for v in y], {"p": p}, metrics.log_loss(y, p))
    named = ["benign" if v == 0 else "malignant" for v in y]
    case(f"{name}, lesser class positive", "log_loss", named, {"p": p}, metrics.log_loss(1 - y, p), {"posLabel": "benign"})

for name, labels, n, sharp in [
    ("three columns", ["a", "b", "c"], 60, 1.0),
    ("twelve columns, labels beyond ASCII", UNICODE, 40, 4.0),
    ("ten columns, nearly certain", [f"class {i}" for i in range(10)], 40, 0.05),
]:
    truth = choice(labels, n)
    p = random.dirichlet(np.full(len(labels), sharp), n)
    by_label = sorted(labels)
    score = metrics.log_loss(truth, p[:, [labels.index(label) for label in by_label]], labels=by_label)
    case(name, "log_loss", truth, {label: p[:, i] for i, label in enumerate(labels)}, score)
    columns = {f"p{i}": p[:, i] for i in range(len(labels))}
    case(f"{name}, labels in the parameters", "log_loss", truth, columns, score, {"labels": labels})

for name, n, make in [
    ("noise", 120, lambda n: (random.normal(size=n), 0.3)),
    ("large offset", 80, lambda n: (1e9 + random.normal(size=n), 0.01)),
    ("many magnitudes", 100, lambda n: (random.normal(size=n) * 10.0 ** random.integers(-12, 12, n), 1.0)),
    ("tiny", 50, lambda n: (random.normal(size=n) * 1e-150, 1e-151)),
    ("huge", 50, lambda n: (random.normal(size=n) * 1e120, 1e119)),
    ("whole numbers", 100, lambda n: (random.integers(-50, 50, n).astype(float), None)),
    ("perfect", 20, lambda n: (random.normal(size=n), 0)),
    ("two rows", 2, lambda n: (np.array([1.0, 3.0]), 0.5)),
]:
    y, noise = make(n)
    p = np.round(y + random.normal(size=n) * 3) if noise is None else y + random.normal(size=n) * noise
    if noise == 0:
        p = y.copy()
    for id, function in {
        "rmse": metrics.root_mean_squared_error,
        "mae": metrics.mean_absolute_error,
        "r2": metrics.r2_score,
    }.items():
        score = function(y, p)
        # Beyond the chain's range a score is a rejection, which scikit-learn knows nothing about.
        if abs(score) < 9e11:
            case(name, id, y, {"p": p}, score)
case("one row", "rmse", [1.5], {"p": [2.0]}, 0.5)
case("one row", "mae", [1.5], {"p": [2.0]}, 0.5)

# Content hashes.
hashes = []


def packed(value):
    data = value.encode()
    return struct.pack("<I", len(data)) + data


def hash_case(name, columns, rows, submission, salt, labeler=None):
    """`columns`: [(name, type)]; `rows`: {id: values}."""
    form = struct.pack("<II", 1, len(columns))
    for column, type in columns:
        form += bytes([1 if type == "label" else 0]) + packed(column)
    form += struct.pack("<Q", len(rows))
    for id in sorted(rows, key=lambda id: id.encode()):
        for (_, type), value in zip(columns, rows[id]):
            form += packed(value) if type == "label" else struct.pack("<d", float(value) + 0.0)
    if labeler is not None:
        form += packed(labeler)
    hashes.append(
        {
            "name": name,
            "columns": [{"name": column, "type": type} for column, type in columns],
            "ids": list(rows),
            "submission": submission,
            "salt": salt.hex(),
            "labeler": labeler,
            "contentHash": hashlib.sha256(salt + form).hexdigest(),
        }
    )


SALT = bytes(range(32))
ADDRESS = "GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7"
numbers = {"1": [0.5], "10": [1e300], "2": [-0.0], "9": [0.1], "100": [5e-324]}
hash_case("numbers", [("p", "number")], numbers, "id,p\n9,0.1\n2,-0.0\n1,.5\n100,5e-324\n10,1e300\n", SALT)
hash_case("numbers in other words", [("p", "number")], numbers,
          '\ufeff"p",id\r\n1.0E-1,9\r\n0,"2"\r\n+5e-1,1\r\n4.9406564584124654e-324,100\r\n1000e297,10\r\n\r\n', SALT)
labels = {"b": ["x"], "a": ['say "hi"'], "é": ["日本"], "\ue000": ["two\nlines"], "😀": ["-0"]}
hash_case("labels", [("label", "label")], labels,
          write_csv(["id", "label"], [[id, *values] for id, values in labels.items()]), SALT)
hash_case("labels of one labeler", [("label", "label")], labels,
          write_csv(["id", "label"], [[id, *values] for id, values in reversed(labels.items())], quoting=csv.QUOTE_ALL), SALT, ADDRESS)
mixed = {f"{i:03d}": [repr(i / 7), ["yes", "no"][i % 2], str(i - 4)] for i in range(9)}
hash_case("three columns of three types", [("p", "number"), ("label", "label"), ("größe", "integer")], mixed,
          write_csv(["label", "id", "größe", "p"], [[v[1], id, v[2], v[0]] for id, v in mixed.items()]), bytes(32))
long = {f"{i}": ["äb" * (600 + i), repr(i / 3)] for i in range(40)}
hash_case("more than one piece of 64 KiB", [("label", "label")], {id: v[:1] for id, v in long.items()},
          write_csv(["id", "label"], [[id, v[0]] for id, v in long.items()]), SALT)
hash_case("more than one piece of 64 KiB, two columns", [("label", "label"), ("p", "number")], long,
          write_csv(["id", "p", "label"], [[id, v[1], v[0]] for id, v in long.items()]), SALT)

# Decimal texts and the bits of the float64 that they stand for.
floats = ["0", "-0", "+0.0", "1", "-1", "5.", ".5", "007", "1e22", "1e23", "9007199254740993", "9007199254740992.5", "0.1", "0.3",
          "1e308", "1.7976931348623157e308", "1.7976931348623158e308", "2.2250738585072014e-308", "2.2250738585072011e-308",
          "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1e-400", "123456789012345678", "1234567890123456789",
          "0.000000000000000000000000000001", "179769313486231570000e288", "6.631236846766476e-316", "3.5844466002796428e+298",
          "0.500000000000000166533453693773481063544750213623046875", "1.00000000000000011102230246251565404236316680908203125",
          "1.00000000000000011102230246251565404236316680908203124", "1.00000000000000011102230246251565404236316680908203126",
          "8.5", "0.30000000000000004", "1e0000000005", "1E+2", "12345678901234567e-22", "12345678901234567e-23"]
floats += [repr(float(x)) for x in random.random(60)]
floats += [repr(float(x)) for x in random.normal(size=40) * 10.0 ** random.integers(-30, 30, 40)]
floats += [f"{x:.18e}" for x in random.normal(size=40)]
floats += [f"{x:.17f}" for x in random.random(40)]
floats = [[t, struct.pack(">d", float(t) + 0.0).hex()] for t in floats]


def dump(name, vectors):
    lines = ",\n".join(json.dumps(v, ensure_ascii=False) for v in vectors)
    (HERE / name).write_text(f'{{"madeBy": "scikit-learn {sklearn.__version__}, numpy {np.__version__}", "vectors": [\n{lines}\n]}}\n')


dump("scores.json", scores)
dump("hashes.json", hashes)
dump("floats.json", floats)
print(len(scores), "scores,", len(hashes), "hashes,", len(floats), "floats")
