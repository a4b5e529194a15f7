#!/usr/bin/env python3
"""Writes earnings.json beside it: Merkle sum trees of earnings as another implementation builds them.

The contract's tests claim with what it wrote. Python's standard library is all it needs: the XDR of addresses and the
StrKey forms are put together here from their descriptions, nothing is taken from an SDK.

    contracts/stellartrain/src/test/earnings/vectors/make.py
"""
import base64
import hashlib
import json
import pathlib

CONTRACT = bytes([7] * 32)
AMOUNTS = [1, 255, 256, 65_536, 1 << 40, (1 << 64) - 1, 1 << 64, 10**24]


def sha256(data):
    return hashlib.sha256(data).digest()


def strkey(version, payload):
    """Base32 of version, payload and their CRC-16/XMODEM, little-endian."""
    data = bytes([version]) + payload
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return base64.b32encode(data + crc.to_bytes(2, "little")).decode().rstrip("=")


def labeler(n):
    """An account, a contract, an account, ...: (is a contract, 32 bytes)."""
    return n % 2 == 1, sha256(f"labeler {n}".encode())


def text(address):
    is_contract, key = address
    return strkey(2 << 3 if is_contract else 6 << 3, key)


def xdr(address):
    """ScVal::Address (18) of a contract (1), or of an account (0) with an ed25519 key (0)."""
    is_contract, key = address
    words = [18, 1] if is_contract else [18, 0, 0]
    return b"".join(word.to_bytes(4, "big") for word in words) + key


def leaf(challenge, epoch, address, cumulative):
    number = lambda n: n.to_bytes(4, "big")
    message = b"\0" + xdr((True, CONTRACT)) + number(challenge) + number(epoch) + xdr(address)
    return sha256(message + cumulative.to_bytes(16, "big", signed=True)), cumulative


def parent(left, right):
    message = b"\1"
    for hash_, total in (left, right):
        message += hash_ + total.to_bytes(16, "big", signed=True)
    return sha256(message), left[1] + right[1]


def levels(leaves):
    """From the leaves to the two children of the root; what is missing is zeros with sum 0."""
    nothing = (bytes(32), 0)
    all_levels, level = [], list(leaves)
    while True:
        while len(level) < 2 or len(level) % 2:
            level.append(nothing)
        all_levels.append(level)
        if len(level) == 2:
            return all_levels
        level = [parent(level[i], level[i + 1]) for i in range(0, len(level), 2)]


def proof(tree, place):
    """Siblings from the leaf up, as side:hash:sum."""
    steps = []
    for level in tree:
        hash_, total = level[place ^ 1]
        steps.append(f"{'left' if place % 2 else 'right'}:{hash_.hex()}:{total}")
        place //= 2
    return " ".join(steps)


def epoch(challenge, number, count):
    earned = [(labeler(i), AMOUNTS[i % len(AMOUNTS)] * number) for i in range(count)]
    tree = levels([leaf(challenge, number, who, amount) for who, amount in earned])
    (left, left_sum), (right, right_sum) = tree[-1]
    root, total = parent(*tree[-1])
    return {
        "challenge": challenge,
        "epoch": number,
        "left": left.hex(),
        "left_sum": str(left_sum),
        "right": right.hex(),
        "right_sum": str(right_sum),
        "root": root.hex(),
        "total": str(total),
        "rows": [
            {
                "labeler": text(who),
                "cumulative": str(amount),
                "leaf": tree[0][place][0].hex(),
                "proof": proof(tree, place),
            }
            for place, (who, amount) in enumerate(earned)
        ],
    }


vectors = {
    "contract": text((True, CONTRACT)),
    "epochs": [epoch(1, 1, 11), epoch(1, 2, 11), epoch(2, 1, 1), epoch(2, 2, 8)],
}
path = pathlib.Path(__file__).with_name("earnings.json")
path.write_text(json.dumps(vectors, indent=2) + "\n")
