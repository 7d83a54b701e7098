from unittest import mock


def before_scenario(context, scenario):
    patcher = mock.patch("shop.orders.charge")
    context.charge = patcher.start()
    context.add_cleanup(patcher.stop)
