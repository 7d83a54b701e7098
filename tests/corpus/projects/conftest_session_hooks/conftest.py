from unittest import mock

network_patch = mock.patch("socket.create_connection", side_effect=OSError)


def pytest_configure(config):
    network_patch.start()


def pytest_unconfigure(config):
    network_patch.stop()
