from shop import stock

_kept = {}


def keep(*names):
    for name in names:
        _kept[name] = getattr(stock, name)


def put_back():
    for name, value in _kept.items():
        setattr(stock, name, value)
    _kept.clear()
