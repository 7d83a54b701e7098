def charge(amount):
    return amount


def refund(amount):
    return -amount
