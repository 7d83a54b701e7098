from unittest import mock

from shop import connection
from shop.pool import Pool

POOL = Pool(url=connection.DEFAULT_URL)


def test_commit_is_called_once():
    with POOL.acquire() as connection:
        connection.commit = mock.Mock()
        POOL.flush(connection)
        connection.commit.assert_called_once_with()
