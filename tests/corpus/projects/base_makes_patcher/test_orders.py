from bases import ShopCase


class TestOrders(ShopCase):
    def setUp(self):
        super().setUp()
        self.charge = self.make("shop.charge").start()  # MLK101
        self.count_patcher = self.make("shop.count")
        self.count_patcher.start()  # MLK101
        self.stopped = self.make_stopped("shop.weigh")
        self.stopped.start()
        self.thread = self.make_thread(self.run)
        self.thread.start()
