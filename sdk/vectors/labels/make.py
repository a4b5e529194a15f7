"""Reads exports with the programs that they are for, and writes what those understood: run `npx node sdk/vectors/labels/write.ts` first.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install pycocotools==2.0.11 pyarrow==26.0.1 spacy==3.8.18 && /tmp/venv/bin/python make.py
"""
import json
from pathlib import Path

import pyarrow.parquet as parquet
import spacy
from pycocotools.coco import COCO
from spacy.training import Example
from spacy.training.converters import conll_ner_to_docs

HERE = Path(__file__).parent


def coco(name):
    read = COCO(str(HERE / f"{name}.json"))
    return {
        "categories": [one["name"] for one in read.loadCats(read.getCatIds())],
        "images": {str(one["id"]): [one["width"], one["height"]] for one in read.loadImgs(read.getImgIds())},
        "annotations": [
            {
                "id": one["id"],
                "image": one["image_id"],
                "category": read.loadCats(one["category_id"])[0]["name"],
                "bbox": one["bbox"],
                # In whole pixels, by drawing the polygon.
                "drawn": int(read.annToMask(one).sum()),
                "area": one["area"],
            }
            for one in read.loadAnns(read.getAnnIds())
        ],
    }


def conll(name):
    docs = conll_ner_to_docs((HERE / f"{name}.conll").read_text(), n_sents=1, no_print=True)
    return [{"words": [word.text for word in doc], "entities": named(doc)} for doc in docs]


def entities(name):
    language = spacy.blank("xx")
    rows = [json.loads(line) for line in (HERE / f"{name}.spacy.jsonl").read_text().splitlines()]
    examples = [Example.from_dict(language.make_doc(row["text"]), {"entities": row["entities"]}) for row in rows]
    return [named(example.reference) for example in examples]


def named(doc):
    return [[one.text, one.label_] for one in doc.ents]


table = parquet.read_table(HERE / "train.parquet")
found = {
    "boxes": coco("boxes"),
    "polygons": coco("polygons"),
    "parquet": {"schema": {field.name: str(field.type) for field in table.schema}, "rows": table.to_pylist()},
    "conll": conll("names"),
    "spacy": entities("names"),
}
(HERE / "read.json").write_text(json.dumps(found, indent=1) + "\n")
