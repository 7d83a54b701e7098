config = object()
