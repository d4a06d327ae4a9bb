"""load.py FOLDER FILES CURRENCY: adds up the cleaned files (FILES is a JSON array of their CSV names) in FOLDER/totals.json."""
import json
import os
import sys


def main(folder, files, currency):
    cents = {}
    for name in json.loads(files):
        with open(os.path.join(folder, name.removesuffix(".csv") + ".jsonl"), encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                cents[row["product"]] = cents.get(row["product"], 0) + row["pieces"] * row["cents"]
    with open(os.path.join(folder, "totals.json"), "w", encoding="utf-8") as out:
        json.dump({"currency": currency, "cents": dict(sorted(cents.items()))}, out, indent=2)
    print(f"{len(cents)} products")


main(*sys.argv[1:])
