"""Writes items and labels of this folder: `npm pack sentiment@5.0.2 && tar xzf sentiment-5.0.2.tgz; python make.py package/test/fixtures`."""
import csv
import json
import random
import sys
from pathlib import Path

HERE = Path(__file__).parent
EACH, KNOWN, LONGEST = 100, 60, 140
NAMES = {0: "negative", 1: "positive"}

rng = random.Random(14)
rows = []
for source in ("amazon", "imdb", "yelp"):
    entries = json.loads((Path(sys.argv[1]) / f"{source}.json").read_text())
    texts = {}
    for one in entries:
        text = " ".join((one["text"] or "").split())
        if one["class"] in NAMES and 0 < len(text) <= LONGEST and text.isprintable() and text.isascii():
            texts[text] = one["class"]
    for label in NAMES:
        of = sorted(text for text, said in texts.items() if said == label)
        rows += [(source, text, NAMES[label]) for text in rng.sample(of, EACH // 2)]
rng.shuffle(rows)
known = set(rng.sample(range(len(rows)), KNOWN))


def write(file, header, of):
    with open(HERE / file, "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *of])


named = [(f"s{at:03d}", *row) for at, row in enumerate(rows)]
write("items.csv", ("id", "source", "text"), [row[:3] for row in named])
write("known.csv", ("id", "answer"), [(row[0], row[3]) for at, row in enumerate(named) if at in known])
write("truth.csv", ("id", "answer"), [(row[0], row[3]) for row in named])
