from unittest import mock


def patch(target, **options):
    return mock.patch(target, autospec=True, **options)
