class LoopDriver:
    def __init__(self, path):
        self.path = path

    @property
    def connected(self):
        return False

    def attach(self):
        return self.path
