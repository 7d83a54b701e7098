"""A fake's list in the class body, of which each test makes a subclass with a list of its own."""


class FakePopen:
    calls = []

    def __init__(self, command):
        type(self).calls.append(command)


def recorder():
    class Recorder(FakePopen):
        calls = []

    return Recorder


def test_calls():
    popen = recorder()
    popen("ls")
    assert popen.calls == ["ls"]
