import sys
from unittest.mock import MagicMock

project = "shop"
extensions = ["sphinx.ext.autodoc"]

for name in ("numpy", "cups", "RPi.GPIO"):
    sys.modules[name] = MagicMock()
sys.modules["smbus"] = MagicMock()
