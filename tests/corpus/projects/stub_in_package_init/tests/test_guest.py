from shop.guest import Guest


def test_name():
    assert Guest("vm-1").name == "vm-1"
