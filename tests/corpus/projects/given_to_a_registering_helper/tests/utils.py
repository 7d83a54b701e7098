import shop


class QuietTill:
    def pay(self):
        return True


class BrokenTill(shop.Till):
    pass


def register(alias, till):
    shop.TILLS[alias] = till


def unregister(alias):
    shop.TILLS.pop(alias, None)
