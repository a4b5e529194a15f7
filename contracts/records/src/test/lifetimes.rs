//! Entries live long, and each write prolongs what it touches and the contract itself.
use super::world::{refused, Work, World};
use crate::errors::Error;
use crate::storage::Key;
use soroban_sdk::testutils::storage::{Instance, Persistent};
use soroban_sdk::testutils::Address as _;
use soroban_sdk::Address;

const DAY: u32 = 17_280;
/// What the public network gives a new entry, in the ledger after the one that wrote it.
const NEW: u32 = 120 * DAY - 1;

fn ttl(w: &World, key: &Key) -> u32 {
    w.e.as_contract(&w.records, || w.e.storage().persistent().get_ttl(key))
}

fn instance(w: &World) -> u32 {
    w.e.as_contract(&w.records, || w.e.storage().instance().get_ttl())
}

#[test]
fn a_new_entry_costs_no_more_than_the_network_asks() {
    let w = World::new();
    let work = w.winner();
    w.fold(&work);
    w.mint(&work);
    let Work { challenge, solver, attempt, .. } = work;
    for key in [
        Key::Record(solver.clone()),
        Key::Folded(challenge, solver.clone(), attempt),
        Key::Badges,
        Key::Badge(1),
        Key::BadgeOf(challenge, solver, attempt),
    ] {
        assert_eq!(ttl(&w, &key), NEW, "{key:?}");
    }
}

#[test]
fn each_write_keeps_what_it_touches_for_a_month() {
    let w = World::new();
    let solver = Address::generate(&w.e);
    let win = || {
        let work = w.submit(w.open(&w.terms()), &solver);
        w.score(&work, 60, 1);
        work
    };
    let first = win();
    w.fold(&first);
    w.mint(&first);
    w.go_to(super::world::NOW + 100 * 86_400);
    let second = win();
    w.fold(&second);
    w.mint(&second);
    let record = Key::Record(solver.clone());
    assert_eq!((ttl(&w, &record), ttl(&w, &Key::Badges), instance(&w)), (30 * DAY, 30 * DAY, 30 * DAY));
    assert_eq!(ttl(&w, &Key::Badge(1)), NEW - 100 * DAY);
    w.go_to(super::world::NOW + 125 * 86_400);
    w.client().burn(&solver, &2);
    assert_eq!(instance(&w), 30 * DAY);
}

#[test]
fn what_was_archived_is_restored_and_not_forgotten() {
    let w = World::new();
    let work = w.winner();
    w.fold(&work);
    w.mint(&work);
    let (badge, uri) = (w.client().badge(&1), w.client().token_uri(&1));
    w.go_to(super::world::NOW + 300 * 86_400);
    refused(w.client().try_fold(&work.challenge, &work.solver, &1), Error::AlreadyFolded);
    refused(w.client().try_mint(&work.challenge, &work.solver, &1), Error::AlreadyMinted);
    assert_eq!((w.client().record(&work.solver).submissions, w.client().badge(&1)), (1, badge));
    assert_eq!((w.client().owner_of(&1), w.client().token_uri(&1)), (work.solver.clone(), uri));
    w.client().burn(&work.solver, &1);
    assert_eq!(w.client().balance(&work.solver), 0);
}
