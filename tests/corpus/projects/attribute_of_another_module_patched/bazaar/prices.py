def ask(text):
    return input(text)


class Seller:
    def ask(self):
        return ask("seller? ")


class Older(Seller):
    pass
