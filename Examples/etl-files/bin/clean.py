"""clean.py CSV JSONL: a row a line, product names in lower case, prices in cents. Exit status 65 when a row makes no sense."""
import csv
import json
import sys
from decimal import Decimal, InvalidOperation


def main(source, target):
    rows = []
    with open(source, newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                rows.append({
                    "day": row["day"].strip(),
                    "product": row["product"].strip().lower(),
                    "pieces": int(row["pieces"]),
                    "cents": int(Decimal(row["price"]) * 100),
                })
            except (KeyError, TypeError, ValueError, InvalidOperation) as error:
                print(f"{source}:{number}: {error!r}", file=sys.stderr)
                sys.exit(65)
    with open(target, "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row) + "\n")
    print(f"{target}: {len(rows)} rows")


main(*sys.argv[1:])
