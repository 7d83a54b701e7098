from unittest.mock import Mock

from shop import worker
from shop.pool import Pool


def make_workers(count):
    return [worker.Worker(number) for number in range(count)]


def test_stops_all_workers():
    workers = make_workers(3)
    [setattr(worker, "stop", Mock()) for worker in workers]
    Pool(workers).stop()
    assert all(worker.stop.called for worker in workers)
