class Team:
    def delete(self):
        raise OSError


class Client:
    def request(self, path):
        raise OSError(path)


default_client = Client()
