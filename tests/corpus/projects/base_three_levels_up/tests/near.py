from . import middle


class Near(middle.Middle):
    pass
