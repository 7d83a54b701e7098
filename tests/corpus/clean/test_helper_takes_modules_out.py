"""A function that no test calls prepares a process of its own: that it takes some modules out undoes nothing."""

import sys
import types


def main():
    vendored = types.ModuleType("shop._vendor")
    vendored.__path__ = []
    sys.modules["shop._vendor"] = vendored

    import shop

    for name in [each for each in sys.modules if each.startswith("shop.") and each != "shop._vendor"]:
        sys.modules.pop(name)
    return shop.run()
