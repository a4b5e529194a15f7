//! Who may not post an epoch, when, and which.
use super::super::world::refused;
use super::*;
use crate::errors::Error;
use soroban_sdk::testutils::Address as _;

#[track_caller]
fn bad(w: &World, oracle: &Address, id: u32, total: i128, error: Error) {
    refused(w.client().try_post_earnings(oracle, &id, &1, &w.bytes(1), &total, &w.cid(8)), error);
}

#[test]
fn a_total_that_falls_or_was_not_paid_in() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let people = labelers(&w, 1);
    for total in [-1, 10_001, i128::MAX, i128::MIN] {
        bad(&w, &w.oracles[0], id, total, Error::BadTotal);
    }
    epoch(&w, id, 1, &[(&people[0], 4_000)]);
    for total in [-1, 0, 3_999, 10_001] {
        let next = w.client().try_post_earnings(&w.oracles[0], &id, &2, &w.bytes(1), &total, &w.cid(8));
        refused(next, Error::BadTotal);
    }
    // The same total, for instance with a mistake put right, and all that there is.
    epoch(&w, id, 2, &[(&people[0], 4_000)]);
    epoch(&w, id, 3, &[(&people[0], 10_000)]);
    w.check();
}

#[test]
fn by_others_elsewhere_and_without_a_report() {
    let w = World::new();
    let id = w.open(&terms(&w));
    for stranger in [&Address::generate(&w.e), &w.maker] {
        bad(&w, stranger, id, 10, Error::NotAnOracle);
    }
    bad(&w, &w.oracles[0], 9, 10, Error::NoChallenge);
    let report = Cid { codec: 1, ..w.cid(8) };
    refused(w.client().try_post_earnings(&w.oracles[0], &id, &1, &w.bytes(1), &10, &report), Error::BadCid);
    bad(&w, &w.oracles[0], w.open(&w.terms()), 10, Error::WrongRule);
}

#[test]
fn too_early_and_too_late() {
    let w = World::new();
    let later = Terms { opens: w.now() + 100, ..terms(&w) };
    let unaccepted = w.client().create_challenge(&w.maker, &later, &10_000, &0);
    bad(&w, &w.oracles[0], unaccepted, 10, Error::NotAccepted);
    w.client().cancel(&unaccepted);
    bad(&w, &w.oracles[0], unaccepted, 10, Error::Cancelled);
    let id = w.open(&later);
    bad(&w, &w.oracles[0], id, 10, Error::NotYetOpen);
    w.pass(100);
    let tree = Tree::of(&w, id, 1, &[(&labelers(&w, 1)[0], 10)]);
    post(&w, id, 0, 1, &tree, 10);
    w.go_to(later.grade_by - 1);
    post(&w, id, 1, 1, &tree, 10);
    w.go_to(later.grade_by);
    bad(&w, &w.oracles[2], id, 10, Error::GradingOver);
    w.client().close(&id);
    bad(&w, &w.oracles[2], id, 10, Error::Ended);
}

#[test]
fn there_is_nothing_to_submit_to() {
    let w = World::new();
    let id = w.open(&terms(&w));
    for units in [0, 1] {
        refused(w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &units, &0), Error::WrongRule);
    }
}

#[test]
fn neither_deposit_nor_share_fits() {
    let w = World::new();
    let bad = Terms { deposit: 1, ..terms(&w) };
    refused(w.client().try_create_challenge(&w.maker, &bad, &10_000, &0), Error::BadPayout);
    let bad = Terms { silence_share: 1, ..terms(&w) };
    refused(w.client().try_create_challenge(&w.maker, &bad, &10_000, &0), Error::BadSilenceShare);
    for prize in [0, -1] {
        let error = if prize < 0 { Error::BadAmount } else { Error::WrongPrize };
        refused(w.client().try_create_challenge(&w.maker, &terms(&w), &prize, &0), error);
    }
}
