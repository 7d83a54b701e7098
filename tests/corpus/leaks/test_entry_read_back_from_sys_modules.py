import sys
from unittest import mock

sys.modules["camera"] = mock.MagicMock()  # MLK203
sys.modules["camera.lens"] = sys.modules["camera"].lens  # MLK203

import shop  # noqa: E402


def test_photo():
    sys.modules["camera"].take.return_value = b"photo"
    assert shop.photo() == b"photo"
