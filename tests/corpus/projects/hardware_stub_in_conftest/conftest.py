import sys
from unittest import mock

sys.modules["RPi"] = mock.MagicMock()
sys.modules["RPi.GPIO"] = mock.MagicMock()
sys.modules.setdefault("smbus", mock.MagicMock())
