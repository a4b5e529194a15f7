//! What the release wasm needs of the public network's limits. What each call costs is in `snapshots/cost.json`, which
//! the client's tests measure on a ledger that enforces footprints.
extern crate std;
use super::world::{Work, World};
use crate::storage::{content_key, Slot};
use crate::types::*;
use soroban_sdk::xdr::{
    ContractDataDurability, ContractDataEntry, ExtensionPoint, LedgerEntry, LedgerEntryData, LedgerEntryExt, Limits,
    ScAddress, ScVal, WriteXdr,
};
use soroban_sdk::{Address, Bytes, BytesN, Env, TryFromVal, Val};
use std::string::String;

/// A bounty whose every submission wins, with forty submissions of forty solvers.
fn forty(w: &World) -> (u32, std::vec::Vec<Work>) {
    let terms = Terms { payout: Payout::Bounty(Bounty { reward: 1_000, winners: 50 }), ..w.terms() };
    let id = w.open(&terms);
    let works = (0..40).map(|_| w.work(id)).collect();
    (id, works)
}

fn winning(w: &World, works: &[Work]) -> std::vec::Vec<Vote> {
    let content = |i: usize| BytesN::from_array(&w.e, &[i as u8; 32]);
    works.iter().enumerate().map(|(i, work)| Vote { content_hash: content(i), ..w.scored(work, 60, 0) }).collect()
}

#[test]
fn one_transaction_pays_forty_within_the_networks_limits() {
    let w = World::on(true);
    let (id, works) = forty(&w);
    w.post(id, 0, &winning(&w, &works), false);
    // The environment holds each call to the public network's limits, and fails beyond them.
    w.post(id, 1, &winning(&w, &works), true);
    assert!(works.iter().all(|work| w.balance(&work.solver) == 2_000));
    let used = w.e.cost_estimate().resources();
    // A transfer's event is up to 8 bytes longer for an asset with a four-letter code than for this one.
    assert!(used.contract_events_size_bytes + 40 * 8 <= 16_384, "{used:?}");
    assert!(used.write_entries <= 130, "{used:?}");
}

#[test]
fn a_full_batch_of_the_longest_entries_fits_too() {
    let w = World::on(true);
    let mut oracles = w.oracles.clone();
    for _ in 0..2 {
        let oracle = <Address as soroban_sdk::testutils::Address>::generate(&w.e);
        w.register(&oracle, 1);
        oracles.push(oracle);
    }
    let w = World { oracles, ..w };
    let id = w.open(&Terms { quorum: 5, ..w.terms() });
    let works: std::vec::Vec<Work> = (0..40).map(|_| w.work(id)).collect();
    for oracle in 0..4 {
        w.post(id, oracle, &winning(&w, &works), true);
    }
    let disagreeing: std::vec::Vec<Vote> = works.iter().map(|work| w.rejected(work, 255)).collect();
    w.post(id, 4, &disagreeing, true);
    assert_eq!(w.client().state(&id).finalized, 40);
}

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
fn a_final_submission_and_its_content_take_400_bytes() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    // Test addresses are contracts; a solver's account is four bytes longer.
    let submission = entry_size(&w, &Slot::new(&w.e, id, &work.solver, 1).key) + 4;
    let content = entry_size(&w, &content_key(&w.e, id, &[1; 32]));
    std::println!("submission {submission} bytes, content {content} bytes");
    assert!(submission + content <= 400, "{submission} + {content}");
}

#[test]
fn the_wasm_is_small_enough_for_the_network() {
    let bytes = super::world::WASM.len();
    std::println!("wasm: {bytes} bytes");
    assert!(bytes < 65_536, "{}", String::from("the contract has grown"));
}
