LIMIT = None
handler = None


def payroll(employee):
    raise ConnectionError


class Base:
    def total(self):
        return 0


class Cart(Base):
    def fetch(self):
        raise ConnectionError
