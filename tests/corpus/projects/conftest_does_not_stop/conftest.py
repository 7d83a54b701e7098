from unittest import mock

import pytest


@pytest.fixture
def stop_patches():
    yield
    mock.patch.stopall()
