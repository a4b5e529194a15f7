"""Reads challenges and a leaderboard with Python's standard library: `python3 examples/read_api.py`."""
import json
import os
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

home = Path(os.environ.get("STELLARTRAIN_HOME", ".stellartrain"))
api = json.loads((home / "config.json").read_text())["apiUrl"]


def pages(path, **query):
    """Every row of a paged list."""
    while True:
        with urlopen(f"{api}{path}?{urlencode(query)}") as response:
            page = json.load(response)
        yield from page["data"]
        if page["next"] is None:
            return
        query["cursor"] = page["next"]


for challenge in pages("/v1/challenges", limit=50):
    title = (challenge["info"] or {}).get("title", "(manifest not read yet)")
    print(f"{challenge['id']} [{challenge['phase']}] {title}")
    for row in pages(f"/v1/challenges/{challenge['id']}/leaderboard", limit=50):
        # Amounts are integers in base units, as strings; decimals are the asset's.
        paid = int(row["paid"]) / 10 ** challenge["asset"]["decimals"]
        print(f"  {row['rank']}. {row['solver']} {row['score'] and row['score']['value']} paid {paid} {challenge['asset']['code']}")
