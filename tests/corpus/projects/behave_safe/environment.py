from unittest import mock


def before_all(context):
    context.mail_patch = mock.patch("shop.mail.send")
    context.mail = context.mail_patch.start()


def after_all(context):
    context.mail_patch.stop()


def before_scenario(context, scenario):
    context.charge_patch = mock.patch("shop.orders.charge")
    context.charge = context.charge_patch.start()


def after_scenario(context, scenario):
    context.charge_patch.stop()
