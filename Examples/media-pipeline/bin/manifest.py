"""manifest.py FOLDER TITLE: writes FOLDER/manifest.json, the list of its files with sizes and hashes."""
import hashlib
import json
import os
import sys


def main(folder, title):
    files = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.startswith(".") or name == "manifest.json" or not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            content = file.read()
        files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    if not files:
        sys.exit("manifest.py: there is nothing to package")
    with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as out:
        json.dump({"title": title, "files": files}, out, indent=2)
    print(f"{len(files)} files")


main(*sys.argv[1:])
