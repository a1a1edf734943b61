"""`python -m helpers`"""

import sys

from helpers.render import main

sys.exit(main())
