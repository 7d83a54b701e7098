from unittest import mock

_patchers = []


def start_patches():
    for target in ("shop.price", "shop.rate"):
        patcher = mock.patch(target)
        patcher.start()
        _patchers.append(patcher)


def stop_patches():
    while _patchers:
        _patchers.pop().stop()


def price_patcher():
    return mock.patch("shop.price")


def rate_patcher():
    return mock.patch("shop.rate")
