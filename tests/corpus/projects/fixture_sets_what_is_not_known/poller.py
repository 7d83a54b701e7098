class Poll:
    def wait(self):
        return []


poll = Poll

NAME = "poller"
