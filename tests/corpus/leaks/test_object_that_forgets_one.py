from dataclasses import dataclass, field
from unittest import mock

import pytest
import shop


@dataclass
class Rig:
    arm: object = field(default_factory=lambda: mock.patch("shop.arm"))
    take_off: object = field(default_factory=lambda: mock.patch("shop.take_off"))

    def up(self):
        self.arm.start()
        self.take_off.start()  # MLK101

    def down(self):
        self.arm.stop()


@pytest.fixture
def rig():
    rig = Rig()
    rig.up()
    yield rig
    rig.down()


def test_fly(rig):
    assert shop.fly()
