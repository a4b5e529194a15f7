"""Tracks of objects: by py-motmetrics (MOTA, IDF1) and TrackEval (HOTA)."""

import contextlib
import io

import motmetrics
import numpy as np

from common import case, metric

with contextlib.redirect_stdout(io.StringIO()):
    from trackeval.metrics.hota import HOTA


def walks(rng, frames, names):
    """A box of each object in most frames, which moves a little between two of them; some frames have none."""
    boxes = [{} for _ in range(frames)]
    for name in names:
        place, size = rng.random(2) * 30, rng.random(2) * 15 + 8
        first, last = sorted(rng.integers(0, frames + 1, 2))
        for frame in range(first, last):
            place = place + rng.normal(size=2) * 2
            if rng.random() < 0.9:
                boxes[frame][name] = [float(x) for x in np.round(np.concatenate([place, size]), 2)]
    return boxes


def followed(rng, truth, names):
    """What a tracker makes of it: boxes that are a little off, missing or invented, and tracks that change."""
    names = list(names)
    of, frames = {}, []
    for boxes in truth:
        found = {}
        for name, box in boxes.items():
            if name not in of or rng.random() < 0.1:
                of[name] = str(rng.choice(names))
            track = of[name]
            if rng.random() < 0.9 and track not in found:
                found[track] = [float(x) for x in np.round(np.array(box) + rng.normal(size=4) * 1.5, 2)]
        if rng.random() < 0.2:
            found.setdefault(str(rng.choice(names)), [float(x) for x in np.round(np.concatenate([rng.random(2) * 30, rng.random(2) * 15 + 8]), 2)])
        frames.append({track: [box[0], box[1], max(1, box[2]), max(1, box[3])] for track, box in found.items()})
    return frames


def iou(a, b):
    a, b = np.array(a).reshape(-1, 4), np.array(b).reshape(-1, 4)
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, :2] + a[:, None, 2:], b[None, :, :2] + b[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=2)
    return shared / (np.prod(a[:, 2:], axis=1)[:, None] + np.prod(b[:, 2:], axis=1)[None, :] - shared)


def by_motmetrics(score):
    def run(rng, sequences):
        least = float(rng.choice([0.5, 0.3, 0.7]))
        accumulators = []
        for k, (truth, found) in enumerate(sequences):
            accumulator = motmetrics.MOTAccumulator()
            for frame, (t, p) in enumerate(zip(truth, found)):
                overlap = iou(list(t.values()), list(p.values()))
                accumulator.update([int(x[1:]) for x in t], [int(x[1:]) for x in p], np.where(overlap >= least, 1 - overlap, np.nan), frameid=frame)
            accumulators.append(accumulator)
        host = motmetrics.metrics.create()
        summary = host.compute_many(accumulators, metrics=[score, "num_objects", "idtp", "num_predictions", "num_misses", "num_switches", "num_false_positives"], generate_overall=True)
        return {} if least == 0.5 else {"threshold": least}, summary.loc["OVERALL", score]

    return run


def by_trackeval(rng, sequences):
    with contextlib.redirect_stdout(io.StringIO()):
        reference = HOTA()
        results = {}
        for k, (truth, found) in enumerate(sequences):
            number = [{name: i for i, name in enumerate(sorted({x for frame in side for x in frame}))} for side in (truth, found)]
            results[k] = reference.eval_sequence({
                "num_gt_dets": sum(len(t) for t in truth),
                "num_tracker_dets": sum(len(p) for p in found),
                "num_gt_ids": len(number[0]),
                "num_tracker_ids": len(number[1]),
                "gt_ids": [np.array([number[0][x] for x in t], int) for t in truth],
                "tracker_ids": [np.array([number[1][x] for x in p], int) for p in found],
                "similarity_scores": [iou(list(t.values()), list(p.values())) for t, p in zip(truth, found)],
            })
        whole = reference.combine_sequences(results)
    quality = str(rng.choice(["hota", "deta", "assa"]))
    values = whole[{"hota": "HOTA", "deta": "DetA", "assa": "AssA"}[quality]]
    own = {} if quality == "hota" else {"quality": quality}
    if rng.random() < 0.3:
        # Thresholds count by themselves.
        own["thresholds"] = [0.5, 0.75]
        values = values[[9, 14]]
    return own, np.mean(values)


def tracks(id, reference):
    @metric(id)
    def generate(rng):
        sequences, rows = [], {name: [] for name in ("boxes", "frame", "group", "p")}
        for k in range(int(rng.integers(1, 4))):
            frames = int(rng.integers(1, 12))
            truth = walks(rng, frames, [f"o{i}" for i in range(int(rng.integers(1, 7)))])
            found = followed(rng, truth, [f"t{i}" for i in range(int(rng.integers(1, 9)))])
            # In the order of their names, which settles what is equal.
            truth, found = ([dict(sorted(boxes.items())) for boxes in side] for side in (truth, found))
            sequences.append((truth, found))
            numbers = np.cumsum(rng.integers(1, 3, frames))
            for frame, t, p in zip(numbers, truth, found):
                cells = [[x for name in rng.permutation(list(boxes)) for x in (str(name), *boxes[str(name)])] for boxes in (t, p)]
                for key, value in (("boxes", cells[0]), ("frame", int(frame)), ("group", f"s{k}"), ("p", cells[1])):
                    rows[key].append(value)
        if not any(boxes for truth, _ in sequences for boxes in truth):
            return None
        own, score = reference(rng, sequences)
        group, predicted = rows.pop("group"), rows.pop("p")
        return case(rng, id, "random", own, rows, {"p": predicted}, "list", score, None, group)


tracks("mota", by_motmetrics("mota"))
tracks("idf1", by_motmetrics("idf1"))
tracks("hota", by_trackeval)
