import sys
from unittest import mock

import models


def free_client():
    return models.default_client


def paid_client():
    return models.Client()


def install(name):
    module = mock.MagicMock(name=name)
    sys.modules[name] = module
    return module


def uninstall(name):
    sys.modules.pop(name, None)
