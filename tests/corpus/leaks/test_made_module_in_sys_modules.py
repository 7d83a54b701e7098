import sys
import types
from types import ModuleType

import shop


def test_plugin_is_found():
    plugin = types.ModuleType("shop_plugin")
    plugin.price_of = lambda item: 3
    sys.modules["shop_plugin"] = plugin  # MLK203
    assert shop.plugins() == [plugin]


def test_plugin_is_taken_out_at_the_end():
    sys.modules["shop_plugin"] = ModuleType("shop_plugin")  # MLK202
    assert shop.plugins()
    del sys.modules["shop_plugin"]
