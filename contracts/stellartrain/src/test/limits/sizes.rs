//! Bytes that stay in the ledger, and the size of the wasm.
use super::*;
use crate::storage::Slot;
use soroban_sdk::xdr::{
    ContractDataDurability, ContractDataEntry, ExtensionPoint, LedgerEntry, LedgerEntryData, LedgerEntryExt, Limits,
    ScAddress, ScVal, WriteXdr,
};
use soroban_sdk::{Bytes, Env, TryFromVal, Val};

/// Size of a ledger entry of this contract, as the network stores and charges it.
fn entry_size(w: &World, key: &Bytes) -> usize {
    let e: &Env = &w.e;
    let value: Val = e.as_contract(&w.contract, || e.storage().persistent().get(key)).expect("an entry");
    let entry = LedgerEntry {
        last_modified_ledger_seq: 0,
        data: LedgerEntryData::ContractData(ContractDataEntry {
            ext: ExtensionPoint::V0,
            contract: ScAddress::from(&w.contract),
            key: ScVal::from(key),
            durability: ContractDataDurability::Persistent,
            val: ScVal::try_from_val(e, &value).unwrap(),
        }),
        ext: LedgerEntryExt::V0,
    };
    entry.to_xdr(Limits::none()).unwrap().len()
}

#[test]
fn a_final_submission_takes_350_bytes() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (scored, rejected) = (w.work(id), w.work(id));
    // Test addresses are contracts; a solver's account is four bytes longer.
    let size = |work: &Work| entry_size(&w, &Slot::new(&w.e, id, &work.solver, 1).key) + 4;
    let new = size(&scored);
    w.grade(id, &[w.scored(&scored, 60, 1), w.rejected(&rejected, 1)]);
    std::println!("submission: {new} bytes new, {} scored, {} rejected", size(&scored), size(&rejected));
    assert!(size(&scored) <= 350 && size(&rejected) <= 350 && new <= 350);
}

/// Below the network's limit with room for the sentences of its spec.
#[test]
fn the_wasm_is_small_enough_for_the_network() {
    let bytes = WASM.len();
    std::println!("wasm: {bytes} bytes");
    assert!(bytes < 110 * 1_024, "the contract has grown to {bytes} bytes");
}
