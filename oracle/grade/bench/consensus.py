"""Fits crowd-kit's Dawid–Skene model to a file of votes: `consensus.py FILE ROUNDS` prints the seconds of the fit and the most probable labels' hash."""

import hashlib
import json
import sys
import time

import pandas as pd
from crowdkit.aggregation import DawidSkene

path, rounds = sys.argv[1], int(sys.argv[2])
frame = pd.read_csv(path, dtype=str)
start = time.perf_counter()
model = DawidSkene(n_iter=rounds, tol=-1).fit(frame)
seconds = time.perf_counter() - start
best = model.probas_.sort_index(axis=1).idxmax(axis=1).sort_index()
print(json.dumps({"seconds": seconds, "labels": hashlib.sha256("\n".join(best).encode()).hexdigest()}))
