"""Files of other tools, in and out.

import_corpus    a corpus of IRaMuTeQ or TXM as a folder of texts
export_iramuteq  a corpus as the **** file of IRaMuTeQ
export_txm       a corpus as TXM imports it: text files and metadata.csv
export_conllu    the annotated tokens as CoNLL-U
"""

from helpers.exchange.exports import export_conllu, export_iramuteq, export_txm
from helpers.exchange.imports import import_corpus

__all__ = ["export_conllu", "export_iramuteq", "export_txm", "import_corpus"]
