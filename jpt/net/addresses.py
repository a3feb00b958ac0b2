"""Which network addresses are public. Pure."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_CLOUDS_OWN = ("168.63.129.16/32", "192.80.8.124/32", "161.26.0.0/16", "166.8.0.0/14")
"""Public by number, but answered by the metadata services of clouds: Azure, Equinix Metal, IBM Cloud."""
_SPECIAL = ("192.0.0.0/24", "192.88.99.0/24", "100::/64", "3fff::/20", "5f00::/16")
"""For special purposes (IANA's registries); some versions of Python take them for public."""
_NOT_PUBLIC = tuple(map(ip_network, (*_CLOUDS_OWN, *_SPECIAL)))
_V4_COMPATIBLE = IPv6Network("::/96")


def is_public(address: Address) -> bool:
    """Tell whether *address* belongs to the open Internet, whatever form it is wrapped in.

    Not public: loopback, private, link-local, shared (100.64/10), multicast, reserved and metadata addresses,
    and IPv6 addresses that carry such an IPv4 one (mapped, 6to4, Teredo, NAT64).
    """
    if isinstance(address, IPv6Address):
        if address.is_link_local or address.is_site_local:
            return False
        inner = _carried(address)
        if inner is not None:
            return is_public(inner)
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def literal(host: str) -> Address | None:
    """Give the address that *host* spells out, or None when it is a name."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def is_local_name(host: str) -> bool:
    """Tell whether a name means this machine or its own network, without resolving it."""
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith((".localhost", ".local", ".internal", ".home.arpa"))


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64) or (address in _V4_COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
