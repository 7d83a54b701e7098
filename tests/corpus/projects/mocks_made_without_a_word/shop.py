class Gateway:
    async def charge(self, amount):
        raise ConnectionError

    def refund(self, amount):
        raise ConnectionError


gateway = Gateway()
RATES = {}
