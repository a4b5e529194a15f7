"""Makes the golden vectors of label batches with Python's own hashlib and struct: python3 batches.py

Nothing here shares code with the engine: assignments follow ../src/batch/assign.ts as text, content hashes ../src/canonical.ts.
"""

import csv
import hashlib
import io
import json
import struct
from pathlib import Path

ADDRESSES = ["GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7", "CADQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQP5KR"]
SALT = bytes(range(32))


def packed(text):
    data = text.encode()
    return struct.pack("<I", len(data)) + data


def assigned(items, challenge, labeler, attempt, size):
    key = lambda id: hashlib.sha256(b"\0".join([b"stellartrain/batch", str(challenge).encode(), labeler.encode(), id.encode()])).digest()
    return sorted(items, key=key)[(attempt - 1) * size : attempt * size]


def form(column, type, values, labeler):
    out = struct.pack("<II", 2, 1) + bytes([1 if type == "label" else 0]) + packed(column) + struct.pack("<Q", len(values))
    for id in sorted(values, key=lambda id: id.encode()):
        out += packed(id)
        out += packed(values[id]) if type == "label" else struct.pack("<d", float(values[id]))
    return out + packed(labeler)


def vector(name, items, challenge, labeler, attempt, size, type, label):
    ids = assigned(items, challenge, labeler, attempt, size)
    values = {id: label(id) for id in ids}
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["id", "label"], *values.items()])
    digest = hashlib.sha256(SALT + form("label", type, values, labeler)).hexdigest()
    return {"name": name, "type": type, "items": items, "challenge": challenge, "labeler": labeler, "attempt": attempt, "size": size,
            "assigned": ids, "submission": out.getvalue(), "salt": SALT.hex(), "contentHash": digest}


plain = [str(i) for i in range(1, 41)]
texts = [f"Bild {i} ä€😀"[: 6 + i % 7] + f"-{i}" for i in range(25)]
name = lambda id: ["cat", 'a "dog"', "猫"][len(id) % 3]
vectors = [
    vector("plain numbers as ids", plain, 7, ADDRESSES[0], 1, 12, "label", name),
    vector("the next batch of the same labeler", plain, 7, ADDRESSES[0], 2, 12, "label", name),
    vector("the last batch is shorter", plain, 7, ADDRESSES[0], 4, 12, "label", name),
    vector("another labeler, a contract account", plain, 7, ADDRESSES[1], 1, 12, "label", name),
    vector("another challenge, classes as numbers", plain, 8, ADDRESSES[0], 1, 40, "integer", lambda id: str(int(id) % 4)),
    vector("texts beyond ASCII as ids", texts, 4_000_000_000, ADDRESSES[1], 1, 25, "label", name),
]
lines = ",\n".join(json.dumps(v, ensure_ascii=False) for v in vectors)
(Path(__file__).parent / "batches.json").write_text(f'{{"madeBy": "hashlib", "vectors": [\n{lines}\n]}}\n')
print(len(vectors), "batches")
