//! What calls cost on the release wasm, under the public network's limits per transaction.
extern crate std;
use super::world::{moved, Work, World};
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

/// What the last call used, as the network counts and charges it.
#[derive(Clone, Copy)]
struct Cost {
    instructions: i64,
    memory_bytes: u64,
    read_entries: u32,
    written_entries: u32,
    written_bytes: u32,
    event_bytes: u32,
}

fn last(w: &World) -> Cost {
    let used = w.e.cost_estimate().resources();
    Cost {
        instructions: used.instructions,
        memory_bytes: used.mem_bytes as u64,
        read_entries: used.memory_read_entries + used.disk_read_entries,
        written_entries: used.write_entries,
        written_bytes: used.write_bytes,
        event_bytes: used.contract_events_size_bytes,
    }
}

impl Cost {
    fn json(&self) -> String {
        let Cost { instructions, memory_bytes, read_entries, written_entries, .. } = self;
        let Cost { written_bytes, event_bytes, .. } = self;
        std::format!(
            "{{ \"instructions\": {instructions}, \"memoryBytes\": {memory_bytes}, \"readEntries\": {read_entries}, \
             \"writtenEntries\": {written_entries}, \"writtenBytes\": {written_bytes}, \"eventBytes\": {event_bytes} }}"
        )
    }
}

/// Each call once, and a plain transfer of the same asset to compare with, each in an environment that holds only what
/// the call itself loads, as on the network.
fn every_call() -> std::vec::Vec<(&'static str, Cost)> {
    let mut costs = std::vec![];
    let mut w = World::on(true);
    let mut measure = |w: &mut World, what, call: &dyn Fn(&World)| {
        *w = w.reopened();
        call(w);
        costs.push((what, last(w)));
    };
    let (from, to) = (w.solver(), w.solver());
    measure(&mut w, "transfer", &|w| w.token().transfer(&moved(&w.e, &from), moved(&w.e, &to), &1));
    measure(&mut w, "register_oracle", &|w| assert_eq!(w.register(&w.oracles[0], 9), 2));
    measure(&mut w, "create_challenge", &|w| {
        assert_eq!(w.client().create_challenge(&w.maker, &w.terms(), &2_000, &1_000), 1);
    });
    let id = 1;
    measure(&mut w, "accept_challenge", &|w| assert_eq!(w.client().accept_challenge(&w.oracles[2], &id), 1));
    w.client().accept_challenge(&w.oracles[0], &id);
    w.client().accept_challenge(&w.oracles[1], &id);
    measure(&mut w, "top_up", &|w| w.client().top_up(&w.maker, &id, &0, &5));
    let solver = w.solver();
    measure(&mut w, "submit", &|w| {
        assert_eq!(w.client().submit(&moved(&w.e, &solver), &id, &1, &w.cid(9), &0, &0), 1);
    });
    let first = Work { solver, attempt: 1, number: 1 };
    let (other, silent) = (w.work(id), w.work(id));
    measure(&mut w, "post_scores of 1, vote only", &|w| w.post(id, 0, &[w.scored(&first.moved(w), 60, 1)], false));
    measure(&mut w, "post_scores of 1", &|w| w.post(id, 1, &[w.scored(&first.moved(w), 60, 1)], true));
    for oracle in 0..2 {
        w.post(id, oracle, &[w.scored(&other.moved(&w), 40, 2)], false);
    }
    measure(&mut w, "settle of 1", &|w| w.client().settle(&id, &w.settlements(&[&other.moved(w)])));
    measure(&mut w, "withdraw_fees", &|w| assert_eq!(w.client().withdraw_fees(&w.oracles[0], &id), 10));
    w.go_to(w.client().challenge(&id).terms.grade_by);
    measure(&mut w, "release_payment", &|w| assert_eq!(w.release(id, &silent.moved(w)), 520));
    measure(&mut w, "close", &|w| assert!(w.client().close(&id) > 0));
    measure(&mut w, "reveal", &|w| w.client().reveal(&w.maker, &id, &w.cid(4)));

    let mut w = World::on(true);
    let (id, works) = forty(&w);
    let votes = |w: &World| winning(w, &works.iter().map(|work| work.moved(w)).collect::<std::vec::Vec<_>>());
    measure(&mut w, "post_scores of 40, votes only", &|w| w.post(id, 0, &votes(w), false));
    // The environment holds each call to the public network's limits, and fails beyond them.
    measure(&mut w, "post_scores of 40", &|w| w.post(id, 1, &votes(w), true));
    assert!(works.iter().all(|work| w.balance(&work.moved(&w).solver) == 2_000));
    costs
}

/// `UPDATE_COSTS=1` accepts new figures on purpose.
#[test]
fn costs_are_as_recorded() {
    let rows: std::vec::Vec<String> =
        every_call().iter().map(|(call, cost)| std::format!("  \"{call}\": {}", cost.json())).collect();
    let now = std::format!("{{\n{}\n}}\n", rows.join(",\n"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/cost.json");
    if std::env::var("UPDATE_COSTS").is_ok() {
        std::fs::write(path, &now).expect("a writable snapshot");
    }
    let recorded = std::fs::read_to_string(path).expect("a snapshot: run with UPDATE_COSTS=1");
    assert_eq!(now, recorded, "costs changed; if that is meant, run with UPDATE_COSTS=1");
}

#[test]
fn one_transaction_pays_forty_within_the_networks_limits() {
    let costs = every_call();
    let of = |name: &str| costs.iter().find(|(call, _)| *call == name).expect("a call").1;
    let (transfer, paid) = (of("transfer"), of("post_scores of 40"));
    // In a batch of 40 the transfer alone costs the host twice a plain one, for its maps hold 130 entries.
    let each = paid.instructions as f64 / 40.0 / transfer.instructions as f64;
    assert!(each < 4.5, "{each} plain transfers for each payment");
    // A transfer's event is up to 8 bytes longer for an asset with a four-letter code than for this one.
    assert!(paid.event_bytes + 40 * 8 <= 16_384, "{} bytes of events", paid.event_bytes);
    assert!(paid.written_entries <= 130, "{} entries written", paid.written_entries);
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
