from common import server


def setUpModule():
    server.start()
