"""Makes the data sets that ship with the project: train.csv, test.csv, truth.csv and baseline.csv of each folder.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python make.py

The split takes no random numbers: a row goes to the test set when the SHA-256 of its name, read as a number, falls into
the lowest 30 percent; so the same rows come out on every machine. Ids are dealt in the order of another hash, so that
they say nothing about the order in which the source lists its rows.
"""

import hashlib
import pathlib

import pandas as pd

HERE = pathlib.Path(__file__).parent


def digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def write(name: str, frame: pd.DataFrame, target: str, baseline) -> None:
    """frame: one row a sample, features and the target column; baseline(train) -> function(test) -> predictions."""
    keys = [f"stellartrain/{name}/{i}" for i in range(len(frame))]
    order = sorted(range(len(frame)), key=lambda i: digest(keys[i] + "/id"))
    frame = frame.iloc[order].reset_index(drop=True)
    held_out = [digest(keys[i] + "/split") < 0.3 * 2**64 for i in order]
    frame.insert(0, "id", [f"{name[0]}{i + 1:03d}" for i in range(len(frame))])
    test = frame[held_out]
    train = frame[[not h for h in held_out]]
    folder = HERE / name
    options = {"index": False, "lineterminator": "\n"}
    train.to_csv(folder / "train.csv", **options)
    test.drop(columns=[target]).to_csv(folder / "test.csv", **options)
    test[["id", target]].to_csv(folder / "truth.csv", **options)
    prediction = pd.DataFrame({"id": test["id"], target: baseline(train)(test)})
    prediction.to_csv(folder / "baseline.csv", **options)
    print(name, "train", len(train), "test", len(test))


def penguins() -> None:
    import palmerpenguins

    source = pathlib.Path(palmerpenguins.__file__).parent / "data" / "penguins.csv"
    frame = pd.read_csv(source).dropna().reset_index(drop=True)

    def by_body_mass(train: pd.DataFrame):
        middle = train["body_mass_g"].median()
        return lambda test: ["male" if mass > middle else "female" for mass in test["body_mass_g"]]

    write("penguins", frame, "sex", by_body_mass)


def breast_cancer() -> None:
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer(as_frame=True)
    frame = bunch.data.copy()
    frame.columns = [c.replace(" ", "_") for c in frame.columns]
    frame["malignant"] = (bunch.target == 0).astype(int)  # scikit-learn codes malignant as 0

    def by_texture(train: pd.DataFrame):
        low, high = train["mean_texture"].min(), train["mean_texture"].max()
        return lambda test: [round(min(1.0, max(0.0, (x - low) / (high - low))), 6) for x in test["mean_texture"]]

    write("breast-cancer", frame, "malignant", by_texture)


if __name__ == "__main__":
    penguins()
    breast_cancer()
