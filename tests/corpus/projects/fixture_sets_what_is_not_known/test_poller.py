import poller


class _Poll(poller.Poll):
    def wait(self):
        return [1]


poller.poll = _Poll  # MLK204


def test_wait():
    assert poller.poll().wait() == [1]
