from unittest import mock

from shop import utils


class TestDisks:
    def setup_method(self, method):
        for name in ("execute", "mount", "umount"):
            setattr(utils, name, mock.Mock(name=name))  # MLK201

    def test_mounts(self):
        utils.attach("/dev/sdb")
        utils.mount.assert_called_once_with("/dev/sdb")
