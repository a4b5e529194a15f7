"""Parquet files of independent writers, and the CSV that each is equal to. Run: python parquet.py > parquet.json

Needs pyarrow and polars (requirements.txt). Every file has the columns id, p and y; numbers stand in the CSV as Python and NumPy print
them, shortest, a value that is missing as nothing.
"""

import base64
import io
import json

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 40


def doubles():
    odd = [0.1, -0.0, 1e21, 5e-324, 1.7976931348623157e308, 1 / 3, 123456789012345680.0, -2.5e-7]
    return [odd[i % len(odd)] * (1 if i < len(odd) else i) if i % 7 else odd[i % len(odd)] for i in range(ROWS)]


def finite(values):
    return [v if abs(v) < 1.7e308 else 1.5 for v in values]


TEXTS = ["cat", "dog", "a,b", "two\nlines", "é", "😀", 'quo"te', "x" * 300]
KINDS = {
    "double": pa.array(finite(doubles()), pa.float64()),
    "float": pa.array([np.float32(v) for v in [0.1, 3.4e38, 1e-45, 16777216, -7.5, 0.3333333] * 6 + [1, 2, 3, 4]], pa.float32()),
    "int64": pa.array([(-1) ** i * 3**i % (2**53) for i in range(ROWS)], pa.int64()),
    "int32": pa.array([i * 53_687_091 % 2**31 - 2**30 for i in range(ROWS)], pa.int32()),
    "uint32": pa.array([2**32 - 1 - i for i in range(ROWS)], pa.uint32()),
    "uint8": pa.array([255 - i for i in range(ROWS)], pa.uint8()),
    "text": pa.array([TEXTS[i % len(TEXTS)] for i in range(ROWS)], pa.string()),
    "boolean": pa.array([i % 3 == 0 for i in range(ROWS)], pa.bool_()),
}
TYPES = {"text": "label", "boolean": "label"}


def cell(value, kind):
    if value is None:
        return ""
    if kind == "float":
        return str(np.float32(value))
    if kind == "boolean":
        return "true" if value else "false"
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def csv_of(ids, values, kind, y):
    rows = [f"{i},{cell(v, kind)},{cell(t, 'text')}" for i, v, t in zip(ids, values, y)]
    return "id,p,y\n" + "\n".join(rows) + "\n"


def case(name, kind, data, ids, values, y):
    return {
        "name": name,
        "type": TYPES.get(kind, "number"),
        "csv": csv_of(ids, values, kind, y),
        "parquet": base64.b64encode(data).decode(),
    }


def arrow(kind, nulls=False, ids=None, **options):
    values = KINDS[kind]
    y = pa.array([None if nulls and i % 5 == 0 else f"w{i % 3}" for i in range(ROWS)], pa.string())
    id_array = ids or pa.array(range(ROWS), pa.int64())
    table = pa.table({"id": id_array, "p": values, "y": y})
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue(), id_array.to_pylist(), values.to_pylist(), y.to_pylist()


cases = []
for kind in KINDS:
    cases.append(case(f"pyarrow {kind}", kind, *arrow(kind)))
    cases.append(case(f"pyarrow {kind}, plain, pages of version 2, no dictionary", kind,
                      *arrow(kind, nulls=True, use_dictionary=False, data_page_version="2.0", compression="none")))
for codec in ["none", "snappy", "gzip", "zstd"]:
    for kind in ["double", "text"]:
        cases.append(case(f"pyarrow {kind}, {codec}, nulls, small pages and groups", kind,
                          *arrow(kind, nulls=True, compression=codec, row_group_size=11, data_page_size=64,
                                 write_batch_size=4)))
        cases.append(case(f"pyarrow {kind}, {codec}, pages of version 2", kind,
                          *arrow(kind, nulls=True, compression=codec, data_page_version="2.0")))
text_ids = pa.array([f"row {i:03d}" for i in range(ROWS)], pa.string())
cases.append(case("ids that are texts", "double", *arrow("double", ids=text_ids)))
for kind, encoding in [("int64", "DELTA_BINARY_PACKED"), ("int32", "DELTA_BINARY_PACKED"), ("text", "DELTA_LENGTH_BYTE_ARRAY"),
                       ("double", "BYTE_STREAM_SPLIT"), ("float", "BYTE_STREAM_SPLIT"), ("boolean", "RLE")]:
    for version in ["1.0", "2.0"]:
        cases.append(case(f"{kind} as {encoding}, pages of version {version}", kind,
                          *arrow(kind, use_dictionary=False, column_encoding={"p": encoding}, data_page_version=version)))
for kind in KINDS:
    for compression in ["zstd", "snappy", "uncompressed"]:
        out = io.BytesIO()
        y = [None if i % 5 == 0 else f"w{i % 3}" for i in range(ROWS)]
        frame = pl.DataFrame({"id": list(range(ROWS)), "p": pl.from_arrow(KINDS[kind]), "y": y})
        frame.write_parquet(out, compression=compression)
        cases.append(case(f"polars {kind}, {compression}", kind, out.getvalue(), list(range(ROWS)), KINDS[kind].to_pylist(), y))

refused = []


def refuse(name, table, **options):
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    refused.append({"name": name, "parquet": base64.b64encode(out.getvalue()).decode()})


y = pa.array(["w"] * ROWS, pa.string())
ids = pa.array(range(ROWS), pa.int64())
refuse("a list", pa.table({"id": ids, "p": pa.array([[1.0]] * ROWS), "y": y}))
refuse("a struct", pa.table({"id": ids, "p": pa.array([{"a": 1}] * ROWS), "y": y}))
refuse("a date", pa.table({"id": ids, "p": pa.array([1] * ROWS, pa.int32()).cast(pa.date32()), "y": y}))
refuse("a timestamp", pa.table({"id": ids, "p": pa.array([1] * ROWS, pa.timestamp("us")), "y": y}))
refuse("a decimal", pa.table({"id": ids, "p": pa.array([1] * ROWS, pa.decimal128(20, 2)), "y": y}))
refuse("Brotli", pa.table({"id": ids, "p": KINDS["double"], "y": y}), compression="brotli")
refuse("LZ4", pa.table({"id": ids, "p": KINDS["double"], "y": y}), compression="lz4")
refuse("prefixes (DELTA_BYTE_ARRAY)", pa.table({"id": ids, "p": KINDS["text"], "y": y}), use_dictionary=False,
       column_encoding={"p": "DELTA_BYTE_ARRAY"})

print(json.dumps({"made_by": {"pyarrow": pa.__version__, "polars": pl.__version__}, "cases": cases, "refused": refused},
                 ensure_ascii=False, indent=0))
