//! What calls cost on the release wasm, under the public network's limits per transaction.
extern crate std;
use super::world::{Work, World};
use crate::storage::Key;
use crate::types::*;
use soroban_sdk::testutils::Ledger;
use soroban_sdk::xdr::{
    AccountId, ContractDataDurability, ContractDataEntry, ExtensionPoint, LedgerEntry, LedgerEntryData, LedgerEntryExt,
    Limits, PublicKey, ScAddress, ScVal, Uint256, WriteXdr,
};
use soroban_sdk::{Address, BytesN, Env, IntoVal, TryFromVal, Val};
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

/// Instructions, bytes written, event bytes and written entries of the last call.
fn last(w: &World, what: &str) -> (i64, u32, u32, u32) {
    let cost = w.e.cost_estimate().resources();
    let figures = (cost.instructions, cost.write_bytes, cost.contract_events_size_bytes, cost.write_entries);
    std::println!(
        "{what}: {} instructions, {} bytes written, {} of events, {} entries written",
        figures.0,
        figures.1,
        figures.2,
        figures.3
    );
    figures
}

#[test]
fn one_transaction_pays_forty_within_the_networks_limits() {
    let w = World::on(true);
    let (id, works) = forty(&w);
    let (from, to) = (w.solver(), w.solver());
    w.token().transfer(&from, &to, &1);
    let transfer = last(&w, "a plain transfer");

    // The environment holds each call to the public network's limits, and fails beyond them.
    let votes = winning(&w, &works);
    w.post(id, 0, &votes, false);
    last(&w, "post_scores of 40, votes only");
    w.post(id, 1, &votes, true);
    let paid = last(&w, "post_scores of 40, paid");
    assert!(works.iter().all(|work| w.balance(&work.solver) == 2_000));

    assert!(paid.0 / 40 * 10 <= transfer.0 * 25, "more than 2.5 plain transfers for each");
    // A transfer's event is up to 8 bytes longer for an asset with a four-letter code than for this one.
    assert!(paid.2 + 40 * 8 <= 16_384, "{} bytes of events", paid.2);
    assert!(paid.3 <= 130, "{} entries written", paid.3);
}

#[test]
fn every_call_fits_easily() {
    let w = World::on(true);
    let mut costs: std::vec::Vec<(i64, &str)> = std::vec![];
    let mut note = |w: &World, what| costs.push((last(w, what).0, what));
    w.register(&w.oracles[0], 9);
    note(&w, "register_oracle");
    let id = w.client().create_challenge(&w.maker, &w.terms(), &1_000);
    note(&w, "create_challenge");
    for oracle in &w.oracles {
        w.client().accept_challenge(oracle, &id);
    }
    note(&w, "accept_challenge");
    w.client().top_up(&w.maker, &id, &0, &5);
    note(&w, "top_up");
    let work = w.work(id);
    note(&w, "submit");
    let (held, silent) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&work, 60, 1)], false);
    note(&w, "post_scores of 1, vote only");
    w.post(id, 1, &[w.scored(&work, 60, 1)], true);
    note(&w, "post_scores of 1, paid");
    for oracle in 0..2 {
        w.post(id, oracle, &[Vote { hold: true, ..w.scored(&held, 40, 2) }], false);
    }
    w.client().settle(&id, &w.settlements(&[&held]));
    note(&w, "settle of 1, paid");
    w.client().withdraw_fees(&w.oracles[0], &id);
    note(&w, "withdraw_fees");
    w.go_to(w.client().challenge(&id).terms.grade_by);
    w.release(id, &silent);
    note(&w, "release_payment");
    w.client().close(&id);
    note(&w, "close");
    w.client().reveal(&w.maker, &id, &w.cid(4));
    note(&w, "reveal");
    assert!(costs.iter().all(|(instructions, _)| *instructions < 10_000_000), "{costs:?}");
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
    last(&w, "post_scores of 40 with five votes each, unsettled");
    assert_eq!(w.client().state(&id).finalized, 40);
}

/// Size of a ledger entry of this contract, as the network stores and charges it.
fn entry_size(w: &World, key: Key, account: bool) -> usize {
    let e: &Env = &w.e;
    let value: Val = e.as_contract(&w.contract, || e.storage().persistent().get(&key)).expect("an entry");
    let key: Val = key.into_val(e);
    let mut key = ScVal::try_from_val(e, &key).unwrap();
    if account {
        // Test addresses are contracts; a solver's account is four bytes longer.
        let id = AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([7; 32])));
        let ScVal::Vec(Some(parts)) = &mut key else { panic!("a key is a vector") };
        let parts = parts.0.as_vec().iter().map(|part| match part {
            ScVal::Address(_) => ScVal::Address(ScAddress::Account(id.clone())),
            other => other.clone(),
        });
        key = ScVal::Vec(Some(parts.collect::<std::vec::Vec<_>>().try_into().unwrap()));
    }
    let entry = LedgerEntry {
        last_modified_ledger_seq: e.ledger().get().sequence_number,
        data: LedgerEntryData::ContractData(ContractDataEntry {
            ext: ExtensionPoint::V0,
            contract: ScAddress::from(&w.contract),
            key,
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
    let submission = entry_size(&w, Key::Submission(id, work.solver.clone(), 1), true);
    let content = entry_size(&w, Key::Content(id, w.bytes(1)), false);
    std::println!("submission {submission} bytes, content {content} bytes");
    assert!(submission + content <= 400, "{submission} + {content}");
}

#[test]
fn the_wasm_is_small_enough_for_the_network() {
    let bytes = super::world::WASM.len();
    std::println!("wasm: {bytes} bytes");
    assert!(bytes <= 72_000, "{}", String::from("the contract has grown"));
}
