"""Copy the pinned libraries, fonts and flags into static/, or check that they are unchanged.

`make vendor` runs `npm ci` and then this; `make check` runs `scripts/vendor.py --check`, which
needs neither node nor a network. What is copied is committed, so the application has no build.
"""

import argparse
import csv
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypedDict

ROOT: Final = Path(__file__).resolve().parent.parent
MODULES: Final = ROOT / "node_modules"
VENDOR: Final = ROOT / "static" / "vendor"
FONTS: Final = ROOT / "static" / "fonts"
FONT_STYLES: Final = ROOT / "static" / "css" / "fonts.css"
CHINESE_STYLES: Final = FONTS / "noto-sans-sc.css"
FLAGS: Final = ROOT / "static" / "flags"
LICENCES: Final = VENDOR / "licences"
MANIFEST: Final = VENDOR / "manifest.json"

LIT: Final = """\
export { html, nothing, render, svg } from "lit-html";
export { classMap } from "lit-html/directives/class-map.js";
export { live } from "lit-html/directives/live.js";
export { ref } from "lit-html/directives/ref.js";
export { repeat } from "lit-html/directives/repeat.js";
"""

# Browsers keep their own hashes from pages that came by plain HTTP, as in a room without internet.
HASHES: Final = """\
export { sha256 } from "@noble/hashes/sha2.js";
export { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
"""


@dataclass(frozen=True, slots=True)
class Font:
    """One family of a package: the subsets that the six languages need."""

    package: str
    family: str
    subsets: tuple[str, ...]
    variable: bool

    @property
    def files(self) -> Iterator[tuple[str, str]]:
        """Each subset with the name of its file; a variable font carries all weights in one."""
        stem = self.package.partition("/")[2]
        weight = "wght" if self.variable else "400"
        for subset in self.subsets:
            yield subset, f"{stem}-{subset}-{weight}-normal.woff2"


FAMILIES: Final = (
    Font(
        "@fontsource-variable/noto-sans",
        "Noto Sans",
        ("latin", "latin-ext", "cyrillic"),
        variable=True,
    ),
    Font("@fontsource-variable/noto-sans-arabic", "Noto Sans Arabic", ("arabic",), variable=True),
    Font("@fontsource/noto-serif", "Noto Serif", ("latin", "cyrillic"), variable=False),
    Font("@fontsource/noto-naskh-arabic", "Noto Naskh Arabic", ("arabic",), variable=False),
)


# A font for Chinese weighs more than everything else together: it comes in slices, of which a page
# loads those that it shows, and only where the device has no Chinese (static/js/chinese.js).
CHINESE: Final = "@fontsource-variable/noto-sans-sc"
HAN: Final = range(0x2E80, 0xFFF0)

FLAG_ICONS: Final = "flag-icons"


class Entry(TypedDict):
    """One line of the manifest; the path is relative to the root of the repository."""

    path: str
    package: str
    version: str
    licence: str
    sha256: str


def main() -> int:
    """Vendor, or with `--check` report every difference; 1 when there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; change nothing")
    if parser.parse_args().check:
        problems = list(check())
        for problem in problems:
            print(f"vendor: {problem}", file=sys.stderr)
        return 1 if problems else 0
    vendor()
    return 0


def vendor() -> None:
    """Write static/vendor, fonts, flags and css/fonts.css anew from node_modules."""
    for folder in (VENDOR, LICENCES, FONTS, FONT_STYLES.parent, FLAGS):
        folder.mkdir(parents=True, exist_ok=True)
    sources = {
        _bundle("lit", LIT): "lit-html",
        _bundle("hashes", HASHES): "@noble/hashes",
        _copy_socketio(): "socket.io-client",
        **_copy_fonts(),
        **_copy_chinese(),
        **_copy_flags(),
    }
    sources |= {_copy_licence(package): package for package in set(sources.values())}
    sources[_write_font_styles()] = "@fontsource-variable/noto-sans"
    entries = [_entry(path, package) for path, package in sorted(sources.items())]
    MANIFEST.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    for stray in _vendored() - set(sources):
        stray.unlink()
    print(f"vendored {len(entries)} files")


def check() -> Iterator[str]:
    """Every way in which the vendored files differ from the manifest, or it from the pins."""
    entries: list[Entry] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    pins: dict[str, str] = _read_json(ROOT / "package.json")["dependencies"]
    listed = {ROOT / entry["path"]: entry for entry in entries}
    for path, entry in listed.items():
        if not path.is_file():
            yield f"{entry['path']} is missing"
        elif _sha256(path) != entry["sha256"]:
            yield f"{entry['path']} was edited; run `make vendor`"
        if pins.get(entry["package"]) != entry["version"]:
            yield f"{entry['path']} is of another version than package.json; run `make vendor`"
    for stray in sorted(_vendored() - set(listed)):
        yield f"{stray.relative_to(ROOT)} is not in the manifest"
    for package in sorted(set(pins) - {entry["package"] for entry in entries}):
        yield f"{package} is pinned in package.json and not vendored"


def _bundle(name: str, exports: str) -> Path:
    target = VENDOR / f"{name}.js"
    subprocess.run(
        [
            MODULES / ".bin" / "esbuild",
            *("--bundle", "--format=esm", "--minify", "--target=es2022"),
            *("--legal-comments=none", f"--outfile={target}", "--log-level=warning"),
        ],
        input=exports.encode(),
        cwd=ROOT,
        check=True,
    )
    return target


def _copy_socketio() -> Path:
    target = VENDOR / "socket.io.js"
    source = MODULES / "socket.io-client" / "dist" / "socket.io.esm.min.js"
    # The map is not shipped; the browser would ask for it.
    text = re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", source.read_text(encoding="utf-8"))
    target.write_text(text, encoding="utf-8")
    return target


def _copy_fonts() -> dict[Path, str]:
    copied: dict[Path, str] = {}
    for font in FAMILIES:
        for _, name in font.files:
            target = FONTS / name
            target.write_bytes((MODULES / font.package / "files" / name).read_bytes())
            copied[target] = font.package
    return copied


def _copy_chinese() -> dict[Path, str]:
    """The slices that hold a common sign or one of our own texts, and the style sheet of them."""
    needed = _common_signs() | _signs_of_ours()
    copied: dict[Path, str] = {}
    lines = [
        "/* Written by scripts/vendor.py; static/js/chinese.js loads it where it is needed. */"
    ]
    ranges: dict[str, str] = _read_json(MODULES / CHINESE / "unicode.json")
    for subset, covered in ranges.items():
        if not subset.startswith("[") or needed.isdisjoint(_points(covered)):
            continue
        name = f"noto-sans-sc-{subset.strip('[]')}-wght-normal.woff2"
        target = FONTS / name
        target.write_bytes((MODULES / CHINESE / "files" / name).read_bytes())
        copied[target] = CHINESE
        lines += _font_face("Noto Sans SC", "100 900", f"{name}?v={_version(CHINESE)}", covered)
    CHINESE_STYLES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {**copied, CHINESE_STYLES: CHINESE}


def _common_signs() -> set[int]:
    """The 3,755 signs of everyday Chinese: the first level of GB 2312."""
    places = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return {ord(sign) for place in places for sign in place.decode("gb2312", errors="ignore")}


def _signs_of_ours() -> set[int]:
    """Those of our Chinese catalogue, of the names of delegations and groups, and of programmes."""
    texts = (
        *(ROOT / "moderator" / "translations" / "zh").rglob("*.po"),
        *(ROOT / "moderator" / "data").rglob("*.csv"),
        *(ROOT / "moderator" / "data").rglob("*.yaml"),
    )
    return {
        ord(sign) for path in texts for sign in path.read_text(encoding="utf-8") if ord(sign) in HAN
    }


def _points(ranges: str) -> set[int]:
    """The code points of a `unicode-range`."""
    points: set[int] = set()
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def _copy_flags() -> dict[Path, str]:
    """The flag of every delegation that a programme names by its code alone, and of the UN."""
    table = ROOT / "moderator" / "data" / "delegations.csv"
    with table.open(encoding="utf-8", newline="") as file:
        codes = ["UN", *(row["code"] for row in csv.DictReader(file))]
    copied: dict[Path, str] = {}
    for code in codes:
        name = f"{code.lower()}.svg"
        (FLAGS / name).write_bytes((MODULES / FLAG_ICONS / "flags" / "4x3" / name).read_bytes())
        copied[FLAGS / name] = FLAG_ICONS
    return copied


def _copy_licence(package: str) -> Path:
    target = LICENCES / f"{package.removeprefix('@').replace('/', '-')}.txt"
    target.write_bytes((MODULES / package / "LICENSE").read_bytes())
    return target


def _write_font_styles() -> Path:
    lines = [
        "/* Written by scripts/vendor.py: a browser loads only the subsets that a page shows. */"
    ]
    for font in FAMILIES:
        ranges: dict[str, str] = _read_json(MODULES / font.package / "unicode.json")
        weight = "100 900" if font.variable else "400"
        for subset, name in font.files:
            address = f"../fonts/{name}?v={_version(font.package)}"
            lines += _font_face(font.family, weight, address, ranges[subset])
    FONT_STYLES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return FONT_STYLES


def _font_face(family: str, weight: str, address: str, ranges: str) -> list[str]:
    return [
        "",
        "@font-face {",
        f'  font-family: "{family}";',
        f"  font-weight: {weight};",
        "  font-style: normal;",
        "  font-display: swap;",
        f'  src: url("{address}") format("woff2");',
        f"  unicode-range: {ranges.replace(',', ', ')};",
        "}",
    ]


def _version(package: str) -> str:
    return str(_read_json(MODULES / package / "package.json")["version"])


def _entry(path: Path, package: str) -> Entry:
    about = _read_json(MODULES / package / "package.json")
    return Entry(
        path=path.relative_to(ROOT).as_posix(),
        package=package,
        version=_version(package),
        licence=about["license"],
        sha256=_sha256(path),
    )


def _vendored() -> set[Path]:
    folders = (VENDOR, FONTS, FLAGS)
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return files - {MANIFEST}


def _read_json(path: Path) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return about


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
