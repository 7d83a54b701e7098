from unittest import mock


def make_shop(name, mailer=None, kind=mock.Mock, any_amount=mock.ANY, end=mock.sentinel.END):
    return name, mailer or kind(), any_amount, end
