from unittest import mock

import pytest
import shop


class Rig:
    def __init__(self):
        self.arm = mock.patch("shop.arm")
        self.take_off = mock.patch("shop.take_off")

    def up(self):
        self.arm.start()
        self.take_off.start()

    def down(self):
        self.arm.stop()
        self._land()

    def _land(self):
        self.take_off.stop()


@pytest.fixture
def rig():
    rig = Rig()
    rig.up()
    yield rig
    rig.down()


def test_fly(rig):
    assert shop.fly()
