"""Masks by NumPy on unpacked pixels, distances by SciPy; boxes by pycocotools, by the counting of PASCAL VOC and of Open Images, and by shapely in space."""

import contextlib
import io

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from scipy.ndimage import binary_erosion, binary_opening
from scipy.spatial.distance import cdist, directed_hausdorff
from shapely.affinity import rotate, translate
from shapely.geometry import box
from sklearn.metrics import fbeta_score, jaccard_score

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


def coco(rng, id, annotated=False):
    """`annotated`: with areas and crowds as COCO has them, and boxes of all sizes."""
    scale = 3 if annotated else 1
    n = int(rng.integers(1, 7))
    classes = ["cat", "dog", "bird"][: int(rng.integers(1, 4))]
    truth, found = [], []
    for _ in range(n):
        boxes = [[str(rng.choice(classes)), *map(float, np.round(scale * np.concatenate([rng.random(2) * 50, rng.random(2) * 40 + 5]), 1))] for _ in range(int(rng.integers(0, 5 * scale)))]
        truth.append(boxes)
        near = [[b[0] if rng.random() < 0.9 else str(rng.choice(classes)), float(np.round(rng.random(), 2)), *[float(np.round(max(1, x + rng.normal() * 3), 1)) for x in b[1:]]] for b in boxes if rng.random() < 0.9]
        more = [[str(rng.choice(classes)), float(np.round(rng.random(), 2)), *map(float, np.round(scale * np.concatenate([rng.random(2) * 50, rng.random(2) * 40 + 5]), 1))] for _ in range(int(rng.integers(0, 3 * scale)))]
        found.append(near + more)
    of_mask = [[(float(np.round(b[3] * b[4] * (0.6 + 0.4 * rng.random()), 1)), int(rng.random() < 0.2)) if annotated else (b[3] * b[4], 0) for b in boxes] for boxes in truth]
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
            {"id": i + 1, "image_id": image, "category_id": names.index(b[0]), "bbox": b[1:], "area": area, "iscrowd": crowd}
            for i, (image, b, (area, crowd)) in enumerate((image, b, more) for image, boxes in enumerate(truth) for b, more in zip(boxes, of_mask[image]))
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
        most = 100 if id == "coco_ap" else int(rng.choice([1, 2, 10, 100]))
        area = str(rng.choice(["all", "small", "medium", "large"])) if annotated else "all"
        place = evaluation.params.areaRngLbl.index(area)
        evaluation.params.areaRng, evaluation.params.areaRngLbl = [evaluation.params.areaRng[place]], [area]
        evaluation.params.maxDets = [most] if most == 100 or rng.random() < 0.5 else [most, 100]
        evaluation.evaluate()
        evaluation.accumulate()
    counts = evaluation.eval["precision" if id == "coco_ap" else "recall"][..., 0]
    own = {"thresholds": [0.5]} if fifty else {}
    if most != 100:
        own["max_detections"] = most
    if annotated:
        own = {**own, "area": area, "annotations": "coco"}
        truth = [[[*b, *more] for b, more in zip(boxes, of_mask[image])] for image, boxes in enumerate(truth)]
    if not (counts > -1).any():
        return None
    name = "areas and crowds" if annotated else "random"
    return case(rng, id, name, own, {"t": flat(truth)}, {"p": flat(found)}, "list", counts[counts > -1].mean())


metric("coco_ap")(lambda rng: coco(rng, "coco_ap"))


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


def voc(images, iou, threshold, eleven=False):
    """`voc_eval` of PASCAL VOC's development kit, as py-faster-rcnn and lyft/nuscenes-devkit have it, for one class: pairs of true and found boxes."""
    total = sum(len(truth) for truth, _ in images)
    found = sorted(((box, k) for k, (_, boxes) in enumerate(images) for box in boxes), key=lambda one: -one[0][1])
    checked = [np.zeros(len(truth), bool) for truth, _ in images]
    tp, fp = np.zeros(len(found)), np.zeros(len(found))
    for i, (one, k) in enumerate(found):
        overlaps = [iou(truth, one) for truth in images[k][0]]
        best = int(np.argmax(overlaps)) if overlaps else -1
        if best >= 0 and overlaps[best] > threshold and not checked[k][best]:
            tp[i], checked[k][best] = 1, True
        else:
            fp[i] = 1
    tp, fp = np.cumsum(tp), np.cumsum(fp)
    recall, precision = tp / total, tp / np.maximum(tp + fp, np.finfo(float).eps)
    if eleven:
        return sum(max([0, *precision[recall >= t]]) / 11 for t in np.arange(11) / 10)
    recall, precision = np.concatenate([[0], recall, [1]]), np.concatenate([[0], precision, [0]])
    for i in range(len(precision) - 1, 0, -1):
        precision[i - 1] = max(precision[i - 1], precision[i])
    steps = np.flatnonzero(recall[1:] != recall[:-1])
    return np.sum((recall[steps + 1] - recall[steps]) * precision[steps + 1])


def plane_iou(t, p):
    a, b = box(t[1], t[2], t[1] + t[3], t[2] + t[4]), box(p[2], p[3], p[2] + p[4], p[3] + p[5])
    return a.intersection(b).area / a.union(b).area


def distinct(found):
    """Equal scores are ordered by image: here they are distinct, so that the order of the files does not matter."""
    for k, one in enumerate(one for boxes in found for one in boxes):
        one[1] = float(np.round(min(1, one[1] * 0.99 + k * 1e-5), 6))


def flat(side):
    return [[x for one in boxes for x in one] for boxes in side]


@metric("voc_ap")
def _(rng):
    n = int(rng.integers(1, 7))
    classes = ["cat", "dog", "bird"][: int(rng.integers(1, 4))]

    def anywhere():
        return [float(x) for x in np.round(np.concatenate([rng.random(2) * 50, rng.random(2) * 40 + 5]), 1)]

    truth = [[[str(rng.choice(classes)), *anywhere()] for _ in range(int(rng.integers(0, 5)))] for _ in range(n)]
    found = []
    for boxes in truth:
        near = [[b[0] if rng.random() < 0.9 else str(rng.choice(classes)), float(np.round(rng.random(), 2)), *[float(np.round(max(1, x + rng.normal() * 3), 1)) for x in b[1:]]] for b in boxes for _ in range(int(rng.integers(0, 3)))]
        found.append(near + [[str(rng.choice(classes)), float(np.round(rng.random(), 2)), *anywhere()] for _ in range(int(rng.integers(0, 3)))])
    if not any(truth):
        return None
    distinct(found)
    own = [{}, {"interpolation": "eleven"}, {"threshold": 0.3}][int(rng.integers(0, 3))]
    names = sorted({b[0] for boxes in truth for b in boxes})
    score = np.mean([
        voc([([b for b in t if b[0] == name], [b for b in p if b[0] == name]) for t, p in zip(truth, found)], plane_iou, own.get("threshold", 0.5), "interpolation" in own)
        for name in names
    ])
    return case(rng, "voc_ap", "random", own, {"t": flat(truth)}, {"p": flat(found)}, "list", score)


def space_iou(t, p):
    (x, y, z, w, l, h, yaw), (px, py, pz, pw, pl, ph, pyaw) = t[1:], p[2:]
    base = lambda x, y, w, l, yaw: translate(rotate(box(-l / 2, -w / 2, l / 2, w / 2), yaw, origin=(0, 0), use_radians=True), x, y)
    height = max(0, min(z + h / 2, pz + ph / 2) - max(z - h / 2, pz - ph / 2))
    shared = height * base(x, y, w, l, yaw).intersection(base(px, py, pw, pl, pyaw)).area
    return np.clip(shared / (w * l * h + pw * pl * ph - shared), 0, 1)


@metric("box3d_ap")
def _(rng):
    n = int(rng.integers(1, 5))
    classes = ["car", "bus"][: int(rng.integers(1, 3))]

    def anywhere():
        return [float(x) for x in np.round([*rng.random(2) * 30, rng.normal(), *(rng.random(3) * 5 + 1), rng.random() * 7 - 3.5], 2)]

    truth = [[[str(rng.choice(classes)), *anywhere()] for _ in range(int(rng.integers(0, 5)))] for _ in range(n)]
    found = []
    for boxes in truth:
        near = [[b[0], float(np.round(rng.random(), 2)), *[float(np.round(x + rng.normal() * 0.08 + 0.001, 3)) for x in b[1:]]] for b in boxes for _ in range(int(rng.integers(0, 3)))]
        found.append(near + [[str(rng.choice(classes)), float(np.round(rng.random(), 2)), *anywhere()] for _ in range(int(rng.integers(0, 2)))])
    distinct(found)
    own = {} if rng.random() < 0.5 else {"thresholds": [0.2, 0.5]}
    thresholds = own.get("thresholds", np.arange(50, 100, 5) / 100)
    weight = np.round(rng.random(n) + 0.1, 2) if rng.random() < 0.4 else None
    scores = []
    for t, p in zip(truth, found):
        names = sorted({b[0] for b in t})
        parts = [voc([([b for b in t if b[0] == name], [b for b in p if b[0] == name])], space_iou, threshold) for threshold in thresholds for name in names]
        scores.append(np.mean(parts) if names else float(len(p) == 0))
    return case(rng, "box3d_ap", "random", own, {"t": flat(truth)}, {"p": flat(found)}, "list", np.average(scores, weights=weight), weight)


@metric("point_f1")
def _(rng):
    # The counting of https://gist.github.com/SohierDane/a90ef46d79808fe3afc70c80bae45972
    n = int(rng.integers(1, 6))
    classes = ["U+003F", "U+304B", "U+3057"]
    tp = fp = fn = 0
    truth, found = [], []
    for _ in range(n):
        boxes = [[str(rng.choice(classes)), *[int(x) for x in rng.integers(0, 40, 2)], *[int(x) for x in rng.integers(5, 20, 2)]] for _ in range(int(rng.integers(0, 6)))]
        points = [[b[0] if rng.random() < 0.9 else str(rng.choice(classes)), b[1] + int(rng.integers(0, b[3] + 3)), b[2] + int(rng.integers(0, b[4] + 3))] for b in boxes for _ in range(int(rng.integers(0, 3)))]
        rng.shuffle(points)
        points = [[str(a), int(x), int(y)] for a, x, y in points]
        truth.append(boxes)
        found.append(points)
        label, x, y = np.array([p[0] for p in points]), np.array([p[1] for p in points]), np.array([p[2] for p in points])
        unused = np.ones(len(points), bool)
        for name, left, top, width, height in boxes:
            if not points:
                fn += 1
                continue
            matching = (left < x) & (left + width > x) & (top < y) & (top + height > y) & (label == name) & unused
            if matching.any():
                tp += 1
                unused[np.argmax(matching)] = False
            else:
                fn += 1
        fp += unused.sum()
    if tp + fn == 0:
        return None
    precision, recall = tp / max(1, tp + fp), tp / (tp + fn)
    score = 2 * precision * recall / (precision + recall) if tp else 0
    return case(rng, "point_f1", "random", {}, {"t": flat(truth)}, {"p": flat(found)}, "list", score)


@metric("mask_dice_hausdorff")
def _(rng):
    days = int(rng.integers(1, 4))
    rows = {name: [] for name in ("mask", "width", "height", "slice", "group", "p")}
    dices, distances = [], []
    for day in range(days):
        depth, height, width = (int(x) for x in rng.integers(1, 8, 3))
        t = rng.random((depth, height, width)) < rng.random() * 0.4
        p = np.where(rng.random(t.shape) < 0.85, t, rng.random(t.shape) < 0.2)
        if rng.random() < 0.15:
            t = np.zeros_like(t)
        if rng.random() < 0.15:
            p = np.zeros_like(p)
        if rng.random() < 0.1:
            p = t
        for z in range(depth):
            for key, value in (("mask", encode(t[z].ravel())), ("width", width), ("height", height), ("slice", 3 * z + 1), ("group", f"day{day}"), ("p", encode(p[z].ravel()))):
                rows[key].append(value)
            if t[z].any() or p[z].any():
                dices.append(2 * (t[z] & p[z]).sum() / (t[z].sum() + p[z].sum()))
        if not t.any() and not p.any():
            continue
        a, b = (np.argwhere(side) / t.shape for side in (t, p))
        distances.append(max(directed_hausdorff(a, b)[0], directed_hausdorff(b, a)[0]) / np.sqrt(3) if t.any() and p.any() else 1)
    if not any(rows["mask"]):
        return None
    own = {} if rng.random() < 0.5 else {"hausdorff_weight": float(np.round(rng.random(), 2))}
    share = own.get("hausdorff_weight", 0.6)
    score = (1 - share) * np.mean(dices) + share * (1 - np.mean(distances))
    truth = {name: rows[name] for name in ("mask", "width", "height", "slice")}
    return case(rng, "mask_dice_hausdorff", "random", own, truth, {"p": rows["p"]}, "rle", score, group=rows["group"])


metric("coco_ar")(lambda rng: coco(rng, "coco_ar"))


def pictures(rng, id, own, score, none):
    """Two masks of images of different sizes, one of them or both empty at times; `score` is given pixels as booleans."""
    rows = {name: [] for name in ("mask", "width", "height", "p")}
    scores = []
    for _ in range(int(rng.integers(1, 6))):
        height, width = (int(x) for x in rng.integers(1, 14, 2))
        t = binary_opening(rng.random((height, width)) < 0.6, iterations=1) if rng.random() < 0.4 else rng.random((height, width)) < rng.random() * 0.5
        p = np.roll(t, tuple(int(x) for x in rng.integers(-2, 3, 2)), (0, 1)) if rng.random() < 0.4 else np.where(rng.random(t.shape) < 0.9, t, rng.random(t.shape) < 0.3)
        if rng.random() < 0.1:
            t = np.zeros_like(t)
        if rng.random() < 0.1:
            p = np.zeros_like(p)
        for key, value in (("mask", encode(t.ravel())), ("width", width), ("height", height), ("p", encode(p.ravel()))):
            rows[key].append(value)
        scores.append(score(t, p) if t.any() and p.any() else none(t, p))
    weight = np.round(rng.random(len(scores)) + 0.1, 2) if rng.random() < 0.4 else None
    predicted = rows.pop("p")
    return case(rng, id, "random", own, rows, {"p": predicted}, "rle", np.average(scores, weights=weight), weight)


def outline(mask):
    """As medpy and MONAI have it: what erosion by a cross takes away, the border of the image included."""
    return mask ^ binary_erosion(mask)


@metric("mask_hausdorff")
def _(rng):
    own = {}
    if rng.random() < 0.5:
        own["points"] = "boundary"
    if rng.random() < 0.5:
        own["percentile"] = float(rng.choice([95, 50, 99.5]))

    def score(t, p):
        a, b = (np.argwhere(outline(mask) if "points" in own else mask) for mask in (t, p))
        if "percentile" not in own:
            return max(directed_hausdorff(a, b)[0], directed_hausdorff(b, a)[0])
        away = cdist(a, b)
        return max(np.percentile(away.min(axis=1), own["percentile"]), np.percentile(away.min(axis=0), own["percentile"]))

    return pictures(rng, "mask_hausdorff", own, score, lambda t, p: np.hypot(*t.shape) if t.any() or p.any() else 0)


@metric("mask_boundary_f1")
def _(rng):
    own = {"tolerance": float(rng.choice([0, 1, 1.5, 3]))} if rng.random() < 0.7 else {}
    if rng.random() < 0.4:
        own["empty"] = "zero"

    def score(t, p):
        away = cdist(np.argwhere(outline(t)), np.argwhere(outline(p)))
        near = away <= own.get("tolerance", 2)
        recall, precision = near.any(axis=1).mean(), near.any(axis=0).mean()
        return 2 * precision * recall / (precision + recall) if precision + recall else 0

    return pictures(rng, "mask_boundary_f1", own, score, lambda t, p: float("empty" not in own and not (t.any() or p.any())))


@metric("panoptic_quality")
def _(rng):
    # `pq_compute_single_core` and `pq_average` of https://github.com/cocodataset/panopticapi, on labels of pixels; 0 is void.
    names = ["cat", "dog", "sky", "sea"][: int(rng.integers(1, 5))]
    totals = {name: [0.0, 0, 0, 0] for name in names}
    truth, found = [], []
    for _ in range(int(rng.integers(1, 7))):
        pixels = int(rng.integers(30, 120))
        t = instances(rng, pixels)
        p = np.roll(t, int(rng.integers(-2, 3))) if rng.random() < 0.7 else instances(rng, pixels)
        if rng.random() < 0.3:
            t = np.where(t == 0, 50, t)
        if rng.random() < 0.3:
            p = np.where(p == 0, 50, p)
        of_t = {int(k): str(rng.choice(names)) for k in np.unique(t) if k}
        of_p = {int(k): of_t[int(k)] if int(k) in of_t and rng.random() < 0.9 else str(rng.choice(names)) for k in np.unique(p) if k}
        truth.append([x for k, mask in zip(of_t, items(t)) for x in (of_t[k], mask)])
        found.append([x for k, mask in zip(of_p, items(p)) for x in (of_p[k], mask)])
        shared = {(int(i), int(j)): int(n) for (i, j), n in zip(*np.unique(np.stack([t, p], 1), axis=0, return_counts=True))}
        matched_t, matched_p = set(), set()
        for (i, j), n in shared.items():
            if i in of_t and j in of_p and of_t[i] == of_p[j]:
                iou = n / ((p == j).sum() + (t == i).sum() - n - shared.get((0, j), 0))
                if iou > 0.5:
                    totals[of_t[i]][0] += iou
                    totals[of_t[i]][1] += 1
                    matched_t.add(i)
                    matched_p.add(j)
        for i, name in of_t.items():
            totals[name][3] += i not in matched_t
        for j, name in of_p.items():
            totals[name][2] += j not in matched_p and shared.get((0, j), 0) / (p == j).sum() <= 0.5
    quality = str(rng.choice(["pq", "sq", "rq"]))
    own = {} if quality == "pq" else {"quality": quality}
    if rng.random() < 0.3:
        own["labels"] = names[:2]
    scores = []
    for name in own.get("labels", names):
        iou, tp, fp, fn = totals[name]
        if tp + fp + fn:
            scores.append({"pq": iou / (tp + fp / 2 + fn / 2), "sq": iou / max(1, tp), "rq": tp / (tp + fp / 2 + fn / 2)}[quality])
    if not any(x in own.get("labels", names) for row in truth for x in row[::2]):
        return None
    return case(rng, "panoptic_quality", "random", own, {"t": truth}, {"p": found}, "list", np.mean(scores))


@metric("open_images_ap")
def _(rng):
    """Straight from https://storage.googleapis.com/openimages/web/evaluation.html, a class at a time."""
    n, classes = int(rng.integers(1, 7)), ["cat", "dog", "bird"][: int(rng.integers(1, 4))]
    threshold = 0.5 if rng.random() < 0.6 else 0.3

    def anywhere(size=40):
        return [float(x) for x in np.round(np.concatenate([rng.random(2) * 50, rng.random(2) * size + 5]), 1)]

    truth = [[[str(rng.choice(classes)), int(rng.random() < 0.3), *anywhere(60)] for _ in range(int(rng.integers(0, 5)))] for _ in range(n)]
    verified = [[c for c in classes if rng.random() < 0.4] for _ in range(n)]
    found = []
    for boxes in truth:
        near = [[b[0], float(np.round(rng.random(), 2)), *[float(np.round(max(1, x * (0.8 if b[1] else 1) + rng.normal() * 3), 1)) for x in b[2:]]] for b in boxes for _ in range(int(rng.integers(0, 4)))]
        found.append(near + [[str(rng.choice(classes)), float(np.round(rng.random(), 2)), *anywhere()] for _ in range(int(rng.integers(0, 3)))])
    if not any(truth):
        return None
    distinct(found)
    square = lambda b: box(b[-4], b[-3], b[-4] + b[-2], b[-3] + b[-1])
    precisions = []
    for name in {b[0] for boxes in truth for b in boxes}:
        outcomes, total = [], 0
        for boxes, known, guesses in zip(truth, verified, found):
            own = [b for b in boxes if b[0] == name]
            total += len(own)
            if not own and name not in known:
                continue
            objects, groups = [square(b) for b in own if not b[1]], [square(b) for b in own if b[1]]
            free, in_group = set(range(len(objects))), {}
            for guess in sorted((g for g in guesses if g[0] == name), key=lambda g: -g[1]):
                area = square(guess)
                overlaps = [area.intersection(o).area / area.union(o).area for o in objects]
                inside = [area.intersection(g).area / area.area for g in groups]
                best = int(np.argmax(overlaps)) if overlaps else None
                if best in free and overlaps[best] >= threshold:
                    free.discard(best)
                    outcomes.append((guess[1], 1))
                elif inside and max(inside) >= threshold:
                    in_group.setdefault(int(np.argmax(inside)), guess[1])
                else:
                    outcomes.append((guess[1], 0))
            outcomes += [(score, 1) for score in in_group.values() if score > 0]
        right = np.cumsum([r for _, r in sorted(outcomes, reverse=True)])
        precision = right / np.arange(1, len(right) + 1)
        # Each step of recall is worth the best precision from there on.
        precisions.append(sum(max(precision[np.searchsorted(right, k) :]) for k in range(1, int(right[-1] if len(right) else 0) + 1)) / total)
    own = {} if threshold == 0.5 else {"threshold": threshold}
    return case(rng, "open_images_ap", "random", own, {"boxes": flat(truth), "verified": verified}, {"p": flat(found)}, "list", np.mean(precisions))


@metric("mask_iou_global")
def _(rng):
    # Pixels of all images in a row; each class by scikit-learn, as the mean IoU of semantic segmentation.
    images, pixels, classes = int(rng.integers(1, 5)), int(rng.integers(8, 40)), int(rng.integers(1, 4))
    t = rng.integers(0, classes, (images, pixels))
    t[0, :classes] = np.arange(classes)
    p = np.where(rng.random((images, pixels)) < 0.7, t, rng.integers(0, classes, (images, pixels)))
    weight = np.round(rng.random(images) + 0.1, 2) if rng.random() < 0.4 else None
    every = None if weight is None else np.repeat(weight, pixels)
    score = jaccard_score(t.ravel(), p.ravel(), average="macro", sample_weight=every)
    own = {c: [encode(m == k) for k in range(classes) for m in side] for c, side in (("t", t), ("p", p))}
    group = [f"class{k}" for k in range(classes) for _ in range(images)]
    weight = None if weight is None else np.tile(weight, classes)
    return case(rng, "mask_iou_global", "mean over classes", {"group_average": "macro"}, {"t": own["t"]}, {"p": own["p"]}, "rle", score, weight, group)


metric("coco_ap", "areas and crowds")(lambda rng: coco(rng, "coco_ap", True))
metric("coco_ar", "areas and crowds")(lambda rng: coco(rng, "coco_ar", True))
