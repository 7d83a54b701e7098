from unittest.mock import Mock

from shop import hooks


def test_hook_is_called():
    hook = Mock()
    hooks.AFTER_SALE.append(hook)  # MLK205
    hooks.sell("book")
    hook.assert_called_once_with("book")
