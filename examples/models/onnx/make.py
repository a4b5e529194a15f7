"""Trains three models of penguins with scikit-learn, writes them as ONNX, and what Python's onnxruntime predicts with them.

    pip install scikit-learn==1.9.1 skl2onnx==1.20.0 onnx==1.23.2 onnxruntime==1.32.0
    python examples/models/onnx/make.py

Each has one input for each column that it uses, by the column's name, and an output for the label. `predictions.csv` has, of the hidden
rows of examples/plans, the label of each model and how likely it finds a male; a test compares them with what the oracles' runtime gives.
"""

import csv
from pathlib import Path

import numpy as np
import onnxruntime
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
COLUMNS = ["species", *NUMBERS]


def table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def frame(rows, columns):
    """What a graph gets: for each input a column of one value a row."""
    return {
        name: np.array([[row[name]] for row in rows], dtype=object)
        if name == "species"
        else np.array([[float(row[name])] for row in rows], dtype=np.float32)
        for name in columns
    }


def matrix(rows, columns):
    parts = frame(rows, columns)
    return np.concatenate([parts[name].astype(object) for name in columns], axis=1)


def pipeline(model):
    kinds = ColumnTransformer([("species", OneHotEncoder(), [0]), ("numbers", StandardScaler(), [1, 2, 3, 4])])
    return make_pipeline(kinds, model)


MODELS = {
    "model": (pipeline(LogisticRegression(C=1.0)), COLUMNS),
    "network": (pipeline(MLPClassifier((12, 6), max_iter=3000, random_state=1)), COLUMNS),
    # Its columns beside each other are one table.
    "forest": (
        make_pipeline(
            ColumnTransformer([("numbers", "passthrough", [0, 1, 2, 3])]),
            RandomForestClassifier(8, max_depth=4, random_state=1),
        ),
        NUMBERS,
    ),
    "baseline": (DecisionTreeClassifier(max_depth=1, random_state=1), ["body_mass_g"]),
}


def main():
    train = table(ROOT / "local/data/penguins/train.csv")
    hidden = table(ROOT / "examples/plans/penguins-hidden.csv")
    sexes = np.array([row["sex"] for row in train])
    out = [["id"], *[[row["id"]] for row in sorted(hidden, key=lambda row: row["id"].encode())]]
    ordered = sorted(hidden, key=lambda row: row["id"].encode())
    for name, (model, columns) in MODELS.items():
        data = matrix(train, columns)
        if "species" not in columns:
            data = data.astype(np.float32)
        model.fit(data, sexes)
        types = [(one, StringTensorType([None, 1]) if one == "species" else FloatTensorType([None, 1])) for one in columns]
        graph = to_onnx(model, initial_types=types, options={id(model): {"zipmap": False}}, target_opset=18)
        (HERE / f"{name}.onnx").write_bytes(graph.SerializeToString())
        session = onnxruntime.InferenceSession(graph.SerializeToString())
        labels, likely = session.run(None, frame(ordered, columns))
        right = sum(label == row["sex"] for label, row in zip(labels, ordered))
        print(f"{name}: {right} of {len(hidden)} right, {(HERE / f'{name}.onnx').stat().st_size} bytes")
        out[0] += [name, f"{name}_male"]
        for line, label, (_, male) in zip(out[1:], labels, likely):
            line += [label, repr(float(male))]
    with open(HERE / "predictions.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(out)


main()
