from unittest import mock

from handlers import handlers


class TestHandlers:
    @mock.patch("signal.signal")
    def test_set(self, register):
        def handle(*args):
            return args

        handlers["INT"] = handle
        register.assert_called_once_with(mock.ANY, handle)

    @mock.patch("signal.signal")
    def test_mock_is_set(self, register):
        handlers["TERM"] = mock.Mock()
        assert register.called
