class Store:
    def __init__(self):
        self.rows = {}

    def __setitem__(self, key, row):
        self.rows[key] = row

    def read(self, key):
        return self.rows.get(key)

    def clear(self):
        self.rows.clear()


store = Store()
ROWS = {}
