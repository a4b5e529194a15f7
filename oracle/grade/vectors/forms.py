"""Golden vectors of canonical forms and of the hashes over them, with Python's own hashlib, struct and json: python3 forms.py

Nothing here shares code with the engine: forms follow ../src/canonical*.ts as text. Nested labels use only numbers that Python and
ECMAScript write alike.
"""

import base64
import hashlib
import json
import struct
from pathlib import Path

HERE = Path(__file__).parent
ADDRESSES = ["GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7", "CADQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQP5KR"]
SALT = bytes(range(32))


def packed(text):
    data = text.encode()
    return struct.pack("<I", len(data)) + data


def form_hash(form):
    chunks = [form[at : at + 65536] for at in range(0, len(form), 65536)]
    return hashlib.sha256(b"".join(hashlib.sha256(chunk).digest() for chunk in chunks)).hexdigest()


def value(type, text):
    return packed(text) if type == "label" else struct.pack("<d", float(text) + 0.0)


def header(version, columns, rows):
    out = struct.pack("<II", version, len(columns))
    for type, name in columns:
        out += bytes([type == "label"]) + packed(name)
    return out + struct.pack("<Q", rows)


def finish(name, form, **rest):
    # Long forms are told by their hashes alone.
    shown = {"form": base64.b64encode(form).decode()} if len(form) < 4096 else {}
    digest = hashlib.sha256(SALT + form).hexdigest()
    return {"name": name, **rest, "salt": SALT.hex(), **shown, "bytes": len(form), "formHash": form_hash(form), "contentHash": digest}


def table(name, type, rows, batch_of=None):
    """rows: id to text; the CSV has them in the order given."""
    order = sorted(rows, key=lambda id: id.encode())
    form = header(2 if batch_of else 1, [(type, "y")], len(rows))
    for id in order:
        form += (packed(id) if batch_of else b"") + value(type, rows[id])
    form += packed(batch_of) if batch_of else b""
    csv = recipe(rows) or "id,y\n" + "".join(f"{id},{text}\n" for id, text in rows.items())
    return finish(name, form, type=type, csv=csv, batchOf=batch_of)


def truth(name, type, rows, columns, usage=None):
    """columns: names of the submission's value columns. usage: of each id."""
    order = sorted(rows, key=lambda id: id.encode())
    form = header(5, [(type, columns[0] if len(columns) == 1 else "")], len(rows))
    form += b"".join(value(type, rows[id]) for id in order)
    form += bytes({"public": 1, "private": 2}[usage[id]] if usage else 0 for id in order)
    form += b"".join(packed(id) for id in order)
    head = "row,is" + (",usage" if usage else "") + "\n"
    lines = [f"{id},{text}" + (f",{usage[id]}" if usage else "") + "\n" for id, text in rows.items()]
    csv = {**recipe(rows), "usage": bool(usage)} if recipe(rows) else head + "".join(lines)
    return finish(name, form, type=type, columns=columns, csv=csv)


def file(name, data, labeler=None):
    form = struct.pack("<I", 3) + data + (packed(labeler) if labeler else b"")
    return finish(name, form, data=base64.b64encode(data).decode(), labeler=labeler)


def canonical(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(json.dumps(key, ensure_ascii=False) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def nested(name, items, labeler=None):
    order = sorted(items, key=lambda item: item["id"].encode())
    form = struct.pack("<I", 4) + canonical(order).encode() + (packed(labeler) if labeler else b"")
    return finish(name, form, items=items, labeler=labeler)


few = {"9": "0.1", "2": "-0.0", "1": ".5", "100": "5e-324", "10": "1e300"}
words = {"b": "x", "a": "日本", "é": "3 x", "z": "-0", "😀": "two words", "ﬀ": "y"}
# Long files are told by their recipe: row i has this id, value and (every other row) usage.
many = {str(i): str((i * 7919) % 10007 / 16) for i in range(20_000)}
long = {f"item {i}": f"label {i % 7}" for i in range(12_000)}
recipe = lambda rows: {"numbers": len(rows)} if rows is many else {"labels": len(rows)} if rows is long else None
halves = lambda rows: {id: ["public", "private"][i % 2] for i, id in enumerate(rows)}
spans = [
    {"id": "b", "spans": [{"to": 12, "from": 3, "label": "naïve"}], "\ufb33": 1, "😀": 2},
    {"id": "a", "spans": [], "quality": 0.5, "note": 'say "hi"\n\u0001', "ok": True, "none": None},
    {"id": "é", "boxes": [[0, 1, 2.25, -3], {}]},
    {"id": "", "spans": []},
]
vectors = {
    "tables": [
        table("numbers", "number", few),
        table("labels", "label", words),
        table("a batch", "label", words, ADDRESSES[0]),
        table("a batch of a contract account", "number", few, ADDRESSES[1]),
        table("numbers in several chunks", "number", many),
        table("labels in several chunks", "label", long),
        table("a batch in several chunks", "label", long, ADDRESSES[0]),
    ],
    "truths": [
        truth("numbers", "number", few, ["y"]),
        truth("numbers, public and private", "number", few, ["y"], halves(few)),
        truth("labels", "label", words, ["a longer name"], halves(words)),
        truth("labels, for columns of probabilities", "label", words, ["x", "y"]),
        truth("numbers in several chunks", "number", many, ["y"], halves(many)),
        truth("labels in several chunks", "label", long, ["y"]),
    ],
    "files": [file("nothing", b""), file("a file", b"\x89PNG\r\n\x1a\n"), file("of a labeler", b"\0\1", ADDRESSES[0]), file("several chunks", bytes(70_000))],
    "nested": [nested("nothing", []), nested("spans and boxes", spans), nested("of a labeler", spans, ADDRESSES[1])],
}
(HERE / "forms.json").write_text(json.dumps(vectors, ensure_ascii=False, indent=None, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
