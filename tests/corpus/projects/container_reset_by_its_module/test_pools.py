from unittest.mock import Mock

import pools


def test_reset():
    first = pools.connections["first"] = Mock()
    pools.reset()
    assert first not in pools.connections.values()

    second = pools.connections["second"] = Mock()
    second.close.side_effect = KeyError()
    pools.reset()
