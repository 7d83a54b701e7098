import poller
import pytest


class _Poll(poller.Poll):
    def wait(self):
        return [1]


poller.poll = _Poll  # MLK204


@pytest.mark.setting(poller, "NAME", "own")
def test_named(setting):
    assert poller.NAME == "own"


def test_wait():
    assert poller.poll().wait() == [1]
