"""The default that is put back is spelled out, and the attribute is read elsewhere."""

import shop


def test_other_input():
    class OtherInput(shop.DefaultInput):
        size = 3

    shop.Command.input_class = OtherInput
    try:
        assert shop.Command().input_class.size == 3
    finally:
        shop.Command.input_class = shop.DefaultInput
