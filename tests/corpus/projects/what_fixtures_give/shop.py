class Mailer:
    def send(self, to):
        raise OSError(to)


class Shop:
    def __init__(self):
        self.mailer = Mailer()


shop = Shop()
PRICES = {"tea": 3}
TILLS = {"own": Mailer}


def rate():
    return 7


def tell(to):
    return shop.mailer.send(to)
