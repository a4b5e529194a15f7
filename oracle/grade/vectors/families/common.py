"""What the scripts of this folder share: random cases of a metric, written as the files that the engine reads.

A generator is a function of a random generator that returns one case: parameters, the truth's columns, the submission's columns with their
types, and the score of a reference implementation. `python3 make.py` writes the quick cases that the tests read; `python3 make.py --random N`
prints N cases a metric as JSON lines, which `npx node oracle/grade/vectors/compare.main.ts` grades and compares.
"""

import csv
import io

GENERATORS = []


def metric(id, name="random"):
    """Registers a generator of cases for a metric."""

    def register(function):
        GENERATORS.append((id, name, function))
        return function

    return register


def cell(value):
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return " ".join(cell(item) for item in value)
    if float(value).is_integer() and abs(float(value)) < 1e15:
        return str(int(value))
    return repr(float(value))


def file(header, columns, order):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in order:
        writer.writerow([cell(column[row]) for column in columns])
    return out.getvalue()


def case(rng, id, name, params, truth, submission, types, score, weight=None, group=None):
    """`truth` and `submission` map column names to values in the same order of rows; the files are shuffled apart."""
    rows = len(next(iter(truth.values())))
    ids = [f"r{i}" for i in rng.permutation(rows)] if rng.random() < 0.5 else [str(i) for i in rng.permutation(rows)]
    truth = {"id": ids, **truth}
    if weight is not None:
        truth["weight"] = list(weight)
    if group is not None:
        truth["group"] = list(group)
    submission = {"id": ids, **submission}
    columns = [
        {"name": column, **(types if isinstance(types, dict) else {"type": types})} for column in submission if column != "id"
    ]
    return {
        "name": f"{id}: {name}",
        "metric": id,
        "params": params,
        "columns": columns,
        "truth": file(list(truth), list(truth.values()), rng.permutation(rows)),
        "submission": file(list(submission), list(submission.values()), rng.permutation(rows)),
        "score": float(score),
    }
