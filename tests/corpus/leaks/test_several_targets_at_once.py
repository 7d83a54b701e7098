from unittest.mock import Mock

import shop.utils as u


def test_walks_and_runs():
    u.walk, u.run = Mock(return_value=["a"]), Mock()  # MLK201
    u.walk_and_run("/")
    u.run.assert_called_once_with("a")
