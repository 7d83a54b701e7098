def size():
    import fastplot

    return fastplot.size()
