import sys
from unittest import mock

sys.modules["libvirt"] = mock.Mock()
