class Shop:
    pass


class Till:
    def __init__(self):
        self.open = True
