"""Files of other tools, in and out.

import_files   articles of press databases, tables, TXM, IRaMuTeQ … as a folder of texts
export_corpus  a corpus for IRaMuTeQ, TXM, spreadsheets, and as CoNLL-U
"""

from helpers.exchange.exports import export_corpus
from helpers.exchange.imports import import_files

__all__ = ["export_corpus", "import_files"]
