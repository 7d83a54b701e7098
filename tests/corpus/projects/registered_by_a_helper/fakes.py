from unittest.mock import Mock

from shop import TILLS, Till


class QuietTill(Till):
    pay = Mock(return_value=True)


def register_quiet_till():
    TILLS["quiet"] = QuietTill
    return QuietTill
