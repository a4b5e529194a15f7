"""The local network as another implementation sees it, the Python SDK, whose models refuse an answer of another form.

    npm run devnet -- --interval 0.2 --port 8000 &
    python3 -m venv /tmp/py && /tmp/py/bin/pip install stellar-sdk==16.1.1
    /tmp/py/bin/python devnet/parity/python-client.py http://127.0.0.1:8000
"""

import sys
import urllib.request
from pathlib import Path

from stellar_sdk import Asset, Keypair, SorobanServer, TransactionBuilder, scval
from stellar_sdk import xdr as stellar_xdr
from stellar_sdk.auth import authorize_entry
from stellar_sdk.contract import ContractClient
from stellar_sdk.soroban_data_builder import SorobanDataBuilder
from stellar_sdk.soroban_rpc import EventFilter, EventFilterType, GetTransactionStatus, SendTransactionStatus

URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
WASM = Path(__file__).parent.parent / "fixtures" / "probe.wasm"

server = SorobanServer(f"{URL}/rpc")
network = server.get_network()
passphrase = network.passphrase
checks = 0


def check(what: str, holds: bool) -> None:
    global checks
    if not holds:
        sys.exit(f"FAILED: {what}")
    checks += 1
    print(f"ok  {what}")


def fund() -> Keypair:
    key = Keypair.random()
    with urllib.request.urlopen(f"{network.friendbot_url}?addr={key.public_key}") as answer:
        assert answer.status == 200
    return key


def send(key: Keypair, build):
    """Builds one operation, prepares it where it is a contract's, sends it, follows it."""
    builder = TransactionBuilder(server.load_account(key.public_key), passphrase, 100_000)
    transaction = build(builder).set_timeout(60).build()
    if transaction.transaction.is_soroban_transaction():
        transaction = server.prepare_transaction(transaction)
    transaction.sign(key)
    sent = server.send_transaction(transaction)
    assert sent.status == SendTransactionStatus.PENDING, sent
    found = server.poll_transaction(sent.hash)
    assert found.status == GetTransactionStatus.SUCCESS, found
    return found


check("health", server.get_health().status == "healthy")
check("version", server.get_version_info().protocol_version == 28)
start = server.get_latest_ledger().sequence
ana, ben = fund(), fund()
check("accounts", server.load_account(ana.public_key).sequence > 0)

usd = Asset("USD", ana.public_key)
send(ben, lambda tx: tx.append_change_trust_op(usd))
send(ana, lambda tx: tx.append_payment_op(ben.public_key, usd, "12.5"))
check("classic operations", True)

wasm_id = ContractClient.upload_contract_wasm(
    WASM.read_bytes(), ana.public_key, ana, server
)
check("upload", len(wasm_id) == 32)
probe_id = ContractClient.create_contract(
    wasm_id,
    ana.public_key,
    ana,
    server,
    constructor_args=[scval.to_address(ana.public_key), scval.to_symbol("fresh")],
)
check("create", probe_id.startswith("C"))
check("code behind a contract", server.get_contract_wasm(probe_id) == WASM.read_bytes())
check("interface of a contract", server.get_contract_spec(probe_id) is not None)

client = ContractClient(probe_id, f"{URL}/rpc", passphrase)
label = client.invoke("label", source=ana.public_key, parse_result_xdr_fn=scval.from_symbol)
check("a reading call", label.is_read_call() and label.result() == "fresh")
client.invoke("set_label", [scval.to_symbol("again")], ana.public_key, ana).sign_and_submit()
check("a writing call", client.invoke("label", source=ana.public_key, parse_result_xdr_fn=scval.from_symbol).result() == "again")
emitted = client.invoke("emit", [scval.to_uint32(3), scval.to_uint32(5)], ana.public_key, ana)
emitted.sign_and_submit(force=True)
filters = [EventFilter(event_type=EventFilterType.CONTRACT, contract_ids=[probe_id], topics=[[scval.to_symbol("noise").to_xdr(), "*"]])]
events = server.get_events(start, filters=filters, limit=2)
more = server.get_events(filters=filters, cursor=events.cursor)
check("events in pages", len(events.events) == 2 and len(more.events) == 1)
failed = client.invoke("fail", source=ana.public_key, simulate=False)
try:
    failed.simulate()
    check("a failing call", False)
except Exception as error:  # the SDK's own error type carries the simulation
    check("a failing call", "#7" in str(error))

native = Asset.native().contract_id(passphrase)
try:
    send(ana, lambda tx: tx.append_create_stellar_asset_contract_from_asset_op(Asset.native()))
except Exception:
    pass  # an earlier run has made it
args = [scval.to_address(native), scval.to_address(ben.public_key), scval.to_address(ana.public_key), scval.to_int128(7)]
pay = client.invoke("pay", args, ana.public_key, ana)
check("who must sign", pay.needs_non_invoker_signing_by() == {ben.public_key})
pay.sign_auth_entries(ben)
pay.sign_and_submit()
check("another party's agreement", True)
send(ana, lambda tx: tx.append_payment_to_contract_op(probe_id, Asset.native(), "1"))
balance = server.get_sac_balance(probe_id, Asset.native(), passphrase)
check("a balance in a contract", balance.balance_entry is not None and int(balance.balance_entry.amount) == 10_000_000)

instance = stellar_xdr.LedgerKey(
    stellar_xdr.LedgerEntryType.CONTRACT_DATA,
    contract_data=stellar_xdr.LedgerKeyContractData(
        scval.to_address(probe_id).address,
        stellar_xdr.SCVal(stellar_xdr.SCValType.SCV_LEDGER_KEY_CONTRACT_INSTANCE),
        stellar_xdr.ContractDataDurability.PERSISTENT,
    ),
)
lives = server.get_ledger_entries([instance]).entries[0].live_until_ledger
data = SorobanDataBuilder().set_read_only([instance]).build()
send(ana, lambda tx: tx.append_extend_footprint_ttl_op(2_500_000).set_soroban_data(data))
check("a lifetime extended", server.get_ledger_entries([instance]).entries[0].live_until_ledger > lives)

page = server.get_transactions(start, limit=3)
rest = server.get_transactions(cursor=page.cursor, limit=200)
check("transactions in pages", len(page.transactions) == 3 and len(rest.transactions) > 5)
ledgers = server.get_ledgers(start, limit=5)
check("ledgers", len(ledgers.ledgers) == 5 and ledgers.ledgers[0].sequence == start)
check("fees", int(server.get_fee_stats().soroban_inclusion_fee.transaction_count) > 5)
print(f"{checks} of {checks}")
