"""Puts the page together: page/ with its modules and CSS, the engine, the ROMs, the image.

Everything large is gzip in base64; gzip's own checksum detects a damaged page.  The modules
remain modules: page/boot.js gives each a data: URL in an import map, so nothing is
fetched and the file works from a disk as well as from a server.
"""

import base64
import gzip
import json
import re
from pathlib import Path

from page_problem import Problem

HERE = Path(__file__).resolve().parent
PAGE, ENGINE = HERE / "page", HERE / "engine"


def page(image, data):
    text = (PAGE / "page.html").read_text(encoding="utf-8")
    parts = [_part("image", image), _part("data", json.dumps(data, separators=(",", ":")).encode())]
    parts += [_part(f"module/{path.name}", _module(path)) for path in modules()]
    parts += [_part(f"engine/{path.name}", path.read_bytes()) for path in engine_files()]
    style = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PAGE.glob("*.css")))
    boot = (PAGE / "boot.js").read_text(encoding="utf-8")
    return (text.replace("/*STYLE*/", style).replace("/*BOOT*/", boot)
            .replace("<!--PARTS-->", "\n".join(parts)))


def modules():
    return [path for path in sorted(PAGE.glob("*.js")) if path.name != "boot.js"]


def engine_files():
    found = sorted(path for path in ENGINE.glob("built/*") if path.suffix in (".wasm", ".js", ".bin"))
    if not any(path.suffix == ".wasm" for path in found):
        raise Problem("the engine is missing: tools/live/engine/ should hold a .wasm file; "
                      "`make live-engine` builds it.")
    return found


def _module(path):
    """`from './name.js'` becomes `from 'live/name.js'`, which the import map knows."""
    source = path.read_text(encoding="utf-8")
    return re.sub(r"from '\.\.?/(?:[\w/]+/)?([\w.]+\.js)'", r"from 'live/\1'", source).encode()


def _part(name, data):
    packed = base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()
    return f'<script type="application/gzip" data-part="{name}">{packed}</script>'
