class Group(dict):
    pass


groups = []


def register_group(group):
    groups.append(group)
    return group


connections = register_group(Group())


def reset():
    for group in groups:
        group.clear()
