"""Golden vectors of the challenge key, shares, commitments, sealed submissions and leases. Shares no code with the TypeScript.

Run: pip install cryptography==48.0.0 && python3 formats.py   (writes formats.json beside this file)

HKDF is written out over hmac, X25519 and ChaCha20-Poly1305 are OpenSSL's, addresses are decoded with base64, and age files are
written by the text of the age specification (https://age-encryption.org/v1). Every random value is fixed, so runs are equal.
"""

import base64
import hashlib
import hmac
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

HERE = Path(__file__).parent
GOLDEN = json.loads((HERE / "golden.json").read_text())
CHUNK = 65_536


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def hkdf(key, salt, info, length=32):
    """RFC 5869; an empty salt is a salt of zeros."""
    secret = hmac.digest(salt or bytes(32), key, "sha256")
    out, block = b"", b""
    for count in range(1, 2 + (length - 1) // 32):
        block = hmac.digest(secret, block + info + bytes([count]), "sha256")
        out += block
    return out[:length]


def public(private):
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def exchange(private, other):
    return X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(other))


def address_xdr(address):
    """ScVal::Address: 18, then 1 and the id of a contract, or 0, 0 (ed25519) and the key of an account; integers in four bytes."""
    key = base64.b32decode(address)[1:33]
    return bytes.fromhex("0000001200000001" if address[0] == "C" else "000000120000000000000000") + key


def account_address(key):
    """A strkey: version byte, key, and their CRC16-XModem with the low byte first, in base32."""
    data, crc = bytes([6 << 3]) + key, 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ (0x1021 if crc & 0x8000 else 0)) & 0xFFFF
    return base64.b32encode(data + crc.to_bytes(2, "little")).decode()


def u32(value):
    return value.to_bytes(4, "big")


def base64_bare(data):
    return base64.b64encode(data).decode().rstrip("=")


def age_file(plain, recipients, file_key, ephemerals, nonce):
    """An age file for X25519 recipients; plain is shorter than one chunk of 64 KiB."""
    assert len(plain) <= CHUNK
    header = "age-encryption.org/v1\n"
    for recipient, ephemeral in zip(recipients, ephemerals, strict=True):
        share = public(ephemeral)
        wrap = hkdf(exchange(ephemeral, recipient), share + recipient, b"age-encryption.org/v1/X25519")
        body = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
        header += f"-> X25519 {base64_bare(share)}\n{base64_bare(body)}\n"
    header += "---"
    mac = hmac.digest(hkdf(file_key, b"", b"header"), header.encode(), "sha256")
    payload = ChaCha20Poly1305(hkdf(file_key, nonce, b"payload")).encrypt(bytes(11) + b"\1", plain, None)
    return f"{header} {base64_bare(mac)}\n".encode() + nonce + payload


def form_hash(form):
    return sha256(*[sha256(form[at : at + CHUNK]) for at in range(0, len(form), CHUNK)])


def content(size):
    return b"".join(sha256(f"vector {i}".encode()) for i in range(-(-size // 32)))[:size]


network = sha256(GOLDEN["passphrase"].encode())
contract = GOLDEN["contract"]
account = GOLDEN["solver"]
place = network + address_xdr(contract)
# Fixed stand-ins for random bytes, each of another name.
fixed = lambda name: sha256(b"formats.py " + name.encode())

oracles = [fixed(f"oracle {i}") for i in range(5)]
keys = []
for oracle, challenge in [(0, 1), (0, 2), (1, 1), (4, 0xFFFFFFFF)]:
    private = hkdf(oracles[oracle], b"", b"\1" + place + u32(challenge))
    keys.append({"oracle": oracles[oracle].hex(), "challenge": challenge, "private": private.hex(), "public": public(private).hex()})

challenge, private = 1, bytes.fromhex(keys[0]["private"])
challenge_key = public(private)
shares = {
    "oracles": [key.hex() for key in oracles],
    "challenge": challenge,
    "sealed": base64.b64encode(
        age_file(
            b"\1" + place + u32(challenge) + private,
            [public(key) for key in oracles],
            fixed("shares file key")[:16],
            [fixed(f"shares ephemeral {i}") for i in range(5)],
            fixed("shares nonce")[:16],
        )
    ).decode(),
}

forms = [{"bytes": size, "formHash": form_hash(content(size)).hex()} for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 200_000]]

salt, nonce = fixed("salt"), fixed("nonce")
commitments = []
for who in [account, contract]:
    for size in [0, 200_000]:
        form = form_hash(content(size))
        commitments.append(
            {
                "who": who,
                "challenge": 7,
                "formHash": form.hex(),
                "salt": salt.hex(),
                "truth": sha256(b"\1", place, address_xdr(who), salt, form).hex(),
                "nonce": nonce.hex(),
                "submission": sha256(b"\1", place, u32(7), address_xdr(who), nonce, form).hex(),
            }
        )

csv = GOLDEN["csv"].encode()
head = {
    "format": "stellartrain/submission",
    "version": 2,
    "network": network.hex(),
    "contract": contract,
    "challenge": challenge,
    "solver": account,
    "nonce": nonce.hex(),
    "mediaType": "text/csv",
    "bytes": len(csv),
}
# Shorter than the smallest container, which is 4096 bytes.
container = (json.dumps(head).encode() + b"\n" + csv).ljust(4096, b"\0")
submission = {
    "challenge": challenge,
    "solver": account,
    "nonce": nonce.hex(),
    "sealed": base64.b64encode(
        age_file(container, [challenge_key], fixed("file key")[:16], [fixed("ephemeral")], fixed("file nonce")[:16])
    ).decode(),
}

# The oracles' Stellar keys. Signing is OpenSSL's; a message is hashed by the text of SEP-53.
lease_items = ["r10", "r9", "é", "r1", "\U0001f40c", "\ufb01", "r1 "]
items_hash = sha256(*[u32(len(item)) + item for item in sorted(item.encode() for item in lease_items)])
expires = 1_800_000_000
leases = []
for challenge_id, labeler, attempt, layer in [(7, account, 1, 3), (0xFFFFFFFF, contract, 12, 20)]:
    preimage = (
        b"stellartrain/lease\1" + place + u32(challenge_id) + address_xdr(labeler) + u32(attempt) + u32(layer) + expires.to_bytes(8, "big") + items_hash
    )
    signatures = []
    for i in range(3):
        key = Ed25519PrivateKey.from_private_bytes(fixed(f"oracle account {i}"))
        oracle = account_address(key.public_key().public_bytes_raw())
        signature = key.sign(sha256(b"Stellar Signed Message:\n" + preimage)).hex()
        signatures.append({"seed": fixed(f"oracle account {i}").hex(), "oracle": oracle, "signature": signature})
    leases.append(
        {
            "challenge": challenge_id,
            "labeler": labeler,
            "attempt": attempt,
            "layer": layer,
            "expires": expires,
            "items": lease_items,
            "itemsHash": items_hash.hex(),
            "preimage": preimage.hex(),
            "signatures": signatures,
        }
    )

addresses = [{"address": address, "xdr": address_xdr(address).hex()} for address in [account, contract]]
out = {"addresses": addresses, "challengeKeys": keys, "shares": shares, "forms": forms, "commitments": commitments, "submission": submission, "leases": leases}
(HERE / "formats.json").write_text(json.dumps(out, indent=1) + "\n")
