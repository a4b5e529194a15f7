"""Masks by NumPy on unpacked pixels; boxes by pycocotools."""

import contextlib
import io

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from sklearn.metrics import fbeta_score

from common import case, metric


def encode(mask):
    """Starts from 1 and lengths of the runs of a flat mask."""
    padded = np.concatenate([[0], mask, [0]])
    edges = np.flatnonzero(padded[1:] != padded[:-1]) + 1
    return [int(x) for pair in zip(edges[::2], edges[1::2] - edges[::2]) for x in pair]


def masks(id, function):
    @metric(id)
    def generate(rng):
        n, pixels = int(rng.integers(1, 12)), int(rng.integers(4, 60))
        t = rng.random((n, pixels)) < rng.random((n, 1)) * 0.7
        p = np.where(rng.random((n, pixels)) < 0.8, t, rng.random((n, pixels)) < 0.4)
        t[rng.random(n) < 0.2], p[rng.random(n) < 0.2] = False, False
        t[0, 0] = True
        weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
        empty = str(rng.choice(["one", "zero"]))
        own = {} if id == "mask_dice_global" else {"empty": empty}
        score = function(t, p, 1 if empty == "one" else 0, weight)
        return case(rng, id, "random", own, {"t": [encode(m) for m in t]}, {"p": [encode(m) for m in p]}, "rle", score, weight)


masks("mask_iou", lambda t, p, e, w: np.average([(a & b).sum() / (a | b).sum() if (a | b).any() else e for a, b in zip(t, p)], weights=w))
masks("mask_dice", lambda t, p, e, w: np.average([2 * (a & b).sum() / (a.sum() + b.sum()) if (a | b).any() else e for a, b in zip(t, p)], weights=w))


def together(t, p, e, w):
    w = np.ones(len(t)) if w is None else w
    return 2 * (w * (t & p).sum(axis=1)).sum() / (w * t.sum(axis=1) + w * p.sum(axis=1)).sum()


masks("mask_dice_global", together)


@metric("coco_ap")
def _(rng):
    n = int(rng.integers(1, 7))
    classes = ["cat", "dog", "bird"][: int(rng.integers(1, 4))]
    truth, found = [], []
    for _ in range(n):
        boxes = [[str(rng.choice(classes)), *map(float, np.round(np.concatenate([rng.random(2) * 50, rng.random(2) * 40 + 5]), 1))] for _ in range(int(rng.integers(0, 5)))]
        truth.append(boxes)
        near = [[b[0] if rng.random() < 0.9 else str(rng.choice(classes)), float(np.round(rng.random(), 2)), *[float(np.round(max(1, x + rng.normal() * 3), 1)) for x in b[1:]]] for b in boxes if rng.random() < 0.9]
        more = [[str(rng.choice(classes)), float(np.round(rng.random(), 2)), *map(float, np.round(np.concatenate([rng.random(2) * 50, rng.random(2) * 40 + 5]), 1))] for _ in range(int(rng.integers(0, 3)))]
        found.append(near + more)
    if not any(truth):
        return None
    # Equal scores are ordered by image: here scores are distinct, so that the order of the files does not matter.
    k = 0
    for boxes in found:
        for box in boxes:
            box[1] = float(np.round(min(1, box[1] * 0.99 + k * 1e-5), 6))
            k += 1
    names = sorted({b[0] for boxes in truth for b in boxes})
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        annotations = [
            {"id": i + 1, "image_id": image, "category_id": names.index(b[0]), "bbox": b[1:], "area": b[3] * b[4], "iscrowd": 0}
            for i, (image, b) in enumerate((image, b) for image, boxes in enumerate(truth) for b in boxes)
        ]
        coco.dataset = {"images": [{"id": i} for i in range(n)], "annotations": annotations, "categories": [{"id": i} for i in range(len(names))]}
        coco.createIndex()
        results = [{"image_id": image, "category_id": names.index(b[0]), "score": b[1], "bbox": b[2:]} for image, boxes in enumerate(found) for b in boxes if b[0] in names]
        if not results:
            return None
        evaluation = COCOeval(coco, coco.loadRes(results), "bbox")
        fifty = rng.random() < 0.3
        if fifty:
            evaluation.params.iouThrs = np.array([0.5])
        evaluation.params.areaRng, evaluation.params.areaRngLbl = [[0, 1e10]], ["all"]
        evaluation.params.maxDets = [100]
        evaluation.evaluate()
        evaluation.accumulate()
    precision = evaluation.eval["precision"]
    score = precision[precision > -1].mean()
    flat = [[[x for b in boxes for x in b] for boxes in side] for side in (truth, found)]
    return case(rng, "coco_ap", "random", {"thresholds": [0.5]} if fifty else {}, {"t": flat[0]}, {"p": flat[1]}, "list", score)


@metric("mask_fbeta")
def _(rng):
    n, pixels, beta = int(rng.integers(1, 12)), int(rng.integers(4, 60)), float(rng.choice([0.5, 2, 0.3]))
    t = rng.random((n, pixels)) < rng.random((n, 1)) * 0.7
    p = np.where(rng.random((n, pixels)) < 0.8, t, rng.random((n, pixels)) < 0.4)
    t[rng.random(n) < 0.2], p[rng.random(n) < 0.2] = False, False
    t[0, 0] = True
    weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
    scores = [fbeta_score(a, b, beta=beta, zero_division=0) for a, b in zip(t, p)]
    own = {"empty": "zero"} if beta == 0.5 else {"beta": beta, "empty": "zero"}
    return case(rng, "mask_fbeta", "random", own, {"t": [encode(m) for m in t]}, {"p": [encode(m) for m in p]}, "rle", np.average(scores, weights=weight), weight)


def instances(rng, pixels):
    """Disjoint masks, as labels of pixels: 0 is none."""
    labels = np.zeros(pixels, int)
    for k in range(1, int(rng.integers(1, 6))):
        start = int(rng.integers(0, pixels - 4))
        labels[start : start + int(rng.integers(2, 12))] = k
    return labels


def items(labels):
    return ["+".join(f"{s}:{n}" for s, n in zip(*[iter(encode(labels == k))] * 2)) for k in np.unique(labels) if k]


@metric("mask_map")
def _(rng):
    # The counting of the Data Science Bowl 2018: https://www.kaggle.com/stkbailey/step-by-step-explanation-of-scoring-metric
    n, pixels = int(rng.integers(1, 9)), int(rng.integers(30, 120))
    thresholds = np.arange(50, 100, 5) / 100 if rng.random() < 0.6 else np.array([0.5, 0.75])
    weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
    truth, found, scores = [], [], []
    for _ in range(n):
        t = instances(rng, pixels)
        p = np.roll(t, int(rng.integers(-2, 3))) if rng.random() < 0.7 else instances(rng, pixels)
        if rng.random() < 0.15:
            t = t * 0
        if rng.random() < 0.15:
            p = p * 0
        truth.append(items(t))
        found.append(items(p))
        a, b = [k for k in np.unique(t) if k], [k for k in np.unique(p) if k]
        iou = np.array([[((t == i) & (p == j)).sum() / ((t == i) | (p == j)).sum() for j in b] for i in a]).reshape(len(a), len(b))
        each = []
        for threshold in thresholds:
            matches = iou > threshold
            tp, fp, fn = (matches.sum(axis=1) == 1).sum(), (matches.sum(axis=0) == 0).sum(), (matches.sum(axis=1) == 0).sum()
            each.append(tp / (tp + fp + fn) if tp + fp + fn else 1)
        scores.append(np.mean(each))
    own = {} if len(thresholds) == 10 else {"thresholds": [0.5, 0.75]}
    return case(rng, "mask_map", "random", own, {"t": truth}, {"p": found}, "list", np.average(scores, weights=weight), weight)
