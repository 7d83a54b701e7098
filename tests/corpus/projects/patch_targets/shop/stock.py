class Stock:
    def __init__(self):
        self.shelves = {}

    def take(self, article):
        return self.shelves.pop(article)
