"""P: proxies around the backend. Layer 'store'."""

from __future__ import annotations

from typing import Any

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, same
from flake8_mockleak.kvs.clause import clause
from flake8_mockleak.kvs.probes import InnerProxy, NoProxy, OuterProxy, Probe
from flake8_mockleak.kvs.storekit import STORE, call, configured

_DOTTED = "flake8_mockleak.kvs.probes."


def _chain(store: Any) -> list[str]:
    names = []
    layer = store.region.backend
    while True:
        names.append(type(layer).__name__)
        if not hasattr(layer, "proxied"):
            return names
        layer = layer.proxied


@clause("P16", layers=STORE)
def proxies_by_class_or_name(b: Bench) -> None:
    """An item of proxy_list is a class or the dotted name of one. The first is outermost, the backend innermost."""
    names = [_DOTTED + "OuterProxy", _DOTTED + "InnerProxy"]
    for proxy_list in (names, [OuterProxy, InnerProxy], [names[0], InnerProxy], [OuterProxy, names[1]]):
        given = list(proxy_list)
        store, _ = configured(b, proxy_list=proxy_list)
        same(_chain(store), ["OuterProxy", "InnerProxy", "Probe"], "the backend and its proxies, from outside")
        same(proxy_list, given, "proxy_list after configure()")
    store, _ = configured(b, proxy_list=[InnerProxy, OuterProxy])
    same(_chain(store), ["InnerProxy", "OuterProxy", "Probe"], "the backend and its proxies, from outside")
    choices: tuple[dict[str, Any], ...] = ({}, {"proxy_list": []}, {"proxy_list": None})
    for nothing in choices:
        store, _ = configured(b, **nothing)
        same(_chain(store), ["Probe"], "the backend without proxies")


@clause("P18", layers=STORE)
def what_is_no_proxy_is_left_out(b: Bench) -> None:
    """A class in proxy_list that is no ProxyBackend is left out; the others stay, in their order."""
    for wrong in (NoProxy, _DOTTED + "NoProxy"):
        for position in range(3):
            proxy_list: list[Any] = [OuterProxy, InnerProxy]
            proxy_list.insert(position, wrong)
            store, _ = configured(b, proxy_list=proxy_list)
            same(_chain(store), ["OuterProxy", "InnerProxy", "Probe"], f"the proxies beside {wrong!r}")


@clause("P19", layers=STORE)
def every_call_goes_through_all_proxies(b: Bench) -> None:
    """Every call, with one key or with many, goes through all proxies, from the first to the last, to the backend."""
    store, probe = configured(b, proxy_list=[OuterProxy, InnerProxy])
    one, two = b.key("one"), b.key("two")
    calls: tuple[tuple[Any, ...], ...] = (
        ("set", one, 1),
        ("get", one),
        ("set_multi", {one: 1, two: 2}),
        ("get_multi", [one, two]),
        ("delete_multi", [two]),
        ("delete", one),
    )
    for method, *arguments in calls:
        probe.calls.clear()
        result = call(b, store, method, *arguments)
        reached: dict[str, list[str]] = {}
        for seen in probe.calls:
            reached.setdefault(seen.what, []).append(seen.who)
        check(reached, f"{method}() did not reach the backend")
        for what, who in reached.items():
            whole = ["OuterProxy", "InnerProxy", type(probe).__name__]
            check(
                len(who) % 3 == 0 and who == whole * (len(who) // 3),
                f"{method}() came as {what} by way of {who!r}, expected {whole!r}",
            )
        if method == "get_multi":
            same(list(result), [1, 2], "get_multi through proxies")
    probe.calls.clear()
    with call(b, store, "get_lock", one):
        who = [seen.who for seen in probe.calls if seen.what == "get_mutex"]
        check(
            who and who == ["OuterProxy", "InnerProxy", Probe.__name__] * (len(who) // 3), f"get_mutex came by {who!r}"
        )
