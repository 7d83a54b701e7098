class Gateway:
    def charge(self, amount):
        raise ConnectionError
