"""Sphinx's settings for the guide (tools/guide/book/)."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

project = "Firstlight: from the power button to the prompt"
html_title = html_short_title = "From the power button to the prompt"
extensions = ["myst_parser", "terms", "sessions_lexer"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]       # a `…` is not in any language

html_theme_path = [str(HERE)]
html_theme = "theme"
html_show_search_summary = False    # it fetches pages, which logs an error from file://
html_copy_source = html_show_sourcelink = html_show_copyright = html_show_sphinx = False
html_permalinks = False
pygments_style = "sessions_lexer.Plain"
templates_path = []
