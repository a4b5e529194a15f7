"""Golden vectors of every metric by reference implementations (scikit-learn, SciPy, sacrebleu, jiwer, rouge-score, pycocotools, motmetrics, TrackEval, lifelines).

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install -r ../requirements.txt
    /tmp/venv/bin/python make.py                                  # writes the quick cases, a file a family
    /tmp/venv/bin/python make.py --random 2000 [--only METRIC] | npx node ../compare.main.ts
"""

import argparse
import importlib
import json
import sys
import warnings
from pathlib import Path

import numpy as np

from common import GENERATORS

HERE = Path(__file__).parent
FAMILIES = sorted(p.stem for p in HERE.glob("*.py") if p.stem not in ("common", "make"))
QUICK = 4

parser = argparse.ArgumentParser()
parser.add_argument("--random", type=int)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--only")
parser.add_argument("--family")
options = parser.parse_args()
warnings.simplefilter("ignore")
sys.path.insert(0, str(HERE))

for family in FAMILIES:
    if options.family and family != options.family:
        continue
    GENERATORS.clear()
    importlib.import_module(family)
    quick = []
    for index, (id, name, generate) in enumerate(GENERATORS):
        if options.only and id != options.only:
            continue
        rng = np.random.default_rng([20261129, index, options.seed if options.random else 0])
        wanted, made, tries = options.random or QUICK, 0, 0
        while made < wanted and tries < wanted * 20:
            tries += 1
            vector = generate(rng)
            # Where the reference has no value there is nothing to compare; the tests of failures have those.
            if vector is None or not np.isfinite(vector["score"]) or abs(vector["score"]) > 9e11:
                continue
            made += 1
            if options.random:
                print(json.dumps(vector, ensure_ascii=False))
            else:
                quick.append(vector)
    if not options.random and not options.only:
        lines = ",\n".join(json.dumps(v, ensure_ascii=False) for v in quick)
        (HERE / f"{family}.json").write_text(f'{{"vectors": [\n{lines}\n]}}\n')
        print(family, len(quick), file=sys.stderr)
