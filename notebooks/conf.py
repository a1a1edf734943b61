"""How Sphinx turns these notebooks into a site: offline, without a request to outside.

`python -m helpers site` builds it; `helpers.share.site` prepares each page and says why.
"""

import os

from helpers.share.site import setup

project = html_title = "Reading and counting French press texts"
language = "en"
extensions = ["myst_nb"]
exclude_patterns = ["conf.py", ".ipynb_checkpoints"]
nb_execution_mode = "off"
myst_enable_extensions = ["dollarmath"]
html_math_renderer = "mathml"
html_theme = "furo"
html_static_path = ["site.css", "report.css", "search.js"]
html_css_files = ["site.css", *["report.css"] * bool(os.environ.get("OUT"))]
html_theme_options = {"source_repository": ""}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_copy_source = html_show_sourcelink = html_show_sphinx = html_show_copyright = False
html_use_index = html_domain_indices = False
html_last_updated_fmt = None
nb_code_prompt_show = "Code"
nb_code_prompt_hide = "Hide the code"
