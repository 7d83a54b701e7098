from unittest import mock


def before_scenario(context, scenario):
    context.charge_patch = mock.patch("shop.orders.charge")
    context.charge = context.charge_patch.start()  # MLK101
    context.charge.return_value = True


def after_scenario(context, scenario):
    context.charge.reset_mock()
