"""What the methods of key-value clients take, and the fakes of them that take something else.

The signatures are those of redis-py 8.1 (``redis.Redis``), pymemcache 4 (``pymemcache.Client``) and python-memcached
1.62 (``memcache.Client``), as far as the parameters are passed by position in practice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_mockleak.model.source import ClassSource, FunctionDef

CLIENTS: dict[str, dict[str, str]] = {
    "redis.Redis": {
        "get": "name",
        "set": "name, value",
        "setex": "name, time, value",
        "psetex": "name, time_ms, value",
        "setnx": "name, value",
        "getset": "name, value",
        "getdel": "name",
        "expire": "name, time",
        "pexpire": "name, time",
        "expireat": "name, when",
        "ttl": "name",
        "pttl": "name",
        "persist": "name",
        "append": "key, value",
        "rename": "src, dst",
        "hget": "name, key",
        "hgetall": "name",
        "hexists": "name, key",
        "hsetnx": "name, key, value",
        "hincrby": "name, key",
        "lrange": "name, start, end",
        "lindex": "name, index",
        "lset": "name, index, value",
        "lrem": "name, count, value",
        "ltrim": "name, start, end",
        "smembers": "name",
        "sismember": "name, value",
        "scard": "name",
        "zadd": "name, mapping",
        "zscore": "name, value",
        "zincrby": "name, amount, value",
        "zrange": "name, start, end",
        "publish": "channel, message",
    },
    "pymemcache.Client": {
        "get": "key",
        "set": "key, value",
        "add": "key, value",
        "replace": "key, value",
        "append": "key, value",
        "prepend": "key, value",
        "cas": "key, value, cas",
        "gets": "key",
        "delete": "key",
        "incr": "key, value",
        "decr": "key, value",
        "touch": "key",
        "get_many": "keys",
        "set_many": "values",
        "delete_many": "keys",
    },
    "memcache.Client": {
        "get": "key",
        "set": "key, val",
        "add": "key, val",
        "replace": "key, val",
        "append": "key, val",
        "prepend": "key, val",
        "cas": "key, val",
        "gets": "key",
        "delete": "key",
        "incr": "key",
        "decr": "key",
        "touch": "key",
        "get_multi": "keys",
        "set_multi": "mapping",
        "delete_multi": "keys",
    },
}
"""The parameters without a default, in order, of the clients' methods."""

_OF_CLIENT = (
    (r"(?i)redis", "redis.Redis"),
    (r"(?i)pymemcache", "pymemcache.Client"),
    (r"(?i)memcached?(?:client|$)|memcache", "memcache.Client"),
)
_IS_FAKE = r"(?i)fake|stub|dummy|mock|inmemory"
_NO_CLIENT = r"(?i)backend|config|server|cluster|pubsub|pipeline|lock|broker|channel|transport|test"

# Parameters that mean the same, by the name that the client gives them.
_SAME = {
    "name": {"name", "key", "k"},
    "key": {"key", "name", "k", "field"},
    "value": {"value", "val", "v", "delta", "member", "amount"},
    "val": {"value", "val", "v"},
    "time": {"time", "ttl", "seconds", "expire", "expiration", "timeout", "expires", "expiry", "ex", "secs"},
    "time_ms": {"time_ms", "ttl", "milliseconds", "ms", "timeout", "px"},
    "mapping": {"mapping", "values"},
    "amount": {"amount", "increment", "incr", "score"},
    "count": {"count", "num"},
    "index": {"index", "idx", "i"},
}


class Misfit(NamedTuple):
    """A method of a fake that does not take what the client's takes; ``parameters`` are the client's."""

    node: FunctionDef
    class_name: str
    method: str
    client: str
    parameters: str
    why: str


def misfits(source: ClassSource) -> Iterator[Misfit]:
    """Yield the methods of a fake client that do not take the client's calls."""
    client = _client_of(source)
    if client is None:
        return
    for name, node in source.methods.items():
        parameters = CLIENTS[client].get(name)
        if parameters is None or node.decorator_list:
            continue
        why = _misfit(node, parameters.split(", "))
        if why:
            yield Misfit(node, source.name, name, client, parameters, why)


def _client_of(source: ClassSource) -> str | None:
    """Return the client that a class stands in for, by its name; it must have two of its methods."""
    if not re.search(_IS_FAKE, source.name) or re.search(_NO_CLIENT, source.name):
        return None
    for pattern, client in _OF_CLIENT:
        if re.search(pattern, source.name):
            return client if len(CLIENTS[client].keys() & source.methods.keys()) > 1 else None
    return None


def _misfit(node: FunctionDef, required: list[str]) -> str:
    """Return what is wrong with the parameters of a method, empty if the client's calls fit them."""
    arguments = node.args
    names = [each.arg for each in (*arguments.posonlyargs, *arguments.args)][1:]
    if arguments.vararg is not None:
        return ""
    if len(names) < len(required):
        return f"it takes {len(names)} of them"
    if len(names) - len(arguments.defaults) > len(required):
        return f"it asks for {len(names) - len(arguments.defaults)}"
    for position, (name, wanted) in enumerate(zip(names, required)):
        others = [other for at, other in enumerate(required) if at != position]
        if name not in _means(wanted) and any(name in _means(other) for other in others):
            return f"its {_ORDINALS[position]} is {name!r}"
    return ""


def _means(parameter: str) -> set[str]:
    return _SAME.get(parameter, set()) | {parameter}


_ORDINALS = ("first", "second", "third", "fourth")
