from cases import OrderCase


class TestOrder(OrderCase):
    def test_total(self):
        self.order_class.total = lambda order: 3  # MLK204
        self.assertEqual(self.make().total(), 3)

    def test_total_of_one_order(self):
        order = self.make()
        order.total = lambda: 0
        self.assertEqual(order.total(), 0)
