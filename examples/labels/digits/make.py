"""Writes the images and labels of this folder from scikit-learn's digits: `pip install scikit-learn==1.9.1 pillow==13.0.0; python make.py`."""
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

HERE = Path(__file__).parent
ITEMS, KNOWN, SCALE = 300, 60, 8

digits = load_digits()
rng = np.random.default_rng(14)
# Thirty of each digit, in an order that says nothing about them.
chosen = np.concatenate([rng.choice(np.flatnonzero(digits.target == d), ITEMS // 10, replace=False) for d in range(10)])
chosen = rng.permutation(chosen)
(HERE / "images").mkdir(exist_ok=True)
rows = []
for at, index in enumerate(chosen):
    # Values are 0 (paper) to 16 (ink).
    pixels = (255 - digits.images[index] * 255 / 16).round().astype(np.uint8)
    name = f"digit-{at:03d}"
    image = Image.fromarray(np.kron(pixels, np.ones((SCALE, SCALE), np.uint8)))
    image.quantize(17).save(HERE / "images" / f"{name}.png", optimize=True)
    rows.append((name, digits.target[index]))
known = {int(i) for i in rng.choice(ITEMS, KNOWN, replace=False)}
write = lambda file, of: (HERE / file).write_text("id,answer\n" + "".join(f"{name},{digit}\n" for name, digit in of))
write("known.csv", [row for at, row in enumerate(rows) if at in known])
write("truth.csv", rows)
