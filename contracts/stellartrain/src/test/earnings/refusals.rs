//! Who may not post an epoch, when, and which.
use super::*;
use crate::errors::Error;
use soroban_sdk::testutils::Address as _;

#[track_caller]
fn bad(w: &World, oracle: &Address, id: u32, epoch: u32, sums: (i128, i128), error: Error) {
    let branch = |sum| Branch { hash: w.bytes(1), sum };
    let (left, right) = (branch(sums.0), branch(sums.1));
    refused(w.client().try_post_earnings(oracle, &id, &epoch, &left, &right, &w.cid(8)), error);
}

#[test]
fn a_total_that_falls_or_was_not_paid_in() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 1);
    let most = 1_000_000_000_000_000_000_000_000_000;
    for sums in [(-1, 0), (0, -1), (20, -10), (10_001, 0), (5_001, 5_000), (most, most), (most + 1, 0), (0, i128::MAX)]
    {
        bad(&w, &w.oracles[0], id, 1, sums, Error::BadTotal);
    }
    bad(&w, &w.oracles[0], id, 1, (i128::MIN, i128::MAX), Error::BadTotal);
    epoch(&w, id, 1, &[(&people[0], 4_000)]);
    for sums in [(-1, 0), (0, 0), (3_999, 0), (5_000, 5_001)] {
        bad(&w, &w.oracles[0], id, 2, sums, Error::BadTotal);
    }
    // The same total, for instance with a mistake put right, and all that there is.
    epoch(&w, id, 2, &[(&people[0], 4_000)]);
    epoch(&w, id, 3, &[(&people[0], 10_000)]);
    w.check();
}

#[test]
fn by_others_elsewhere_and_without_a_report() {
    let w = World::new();
    let id = w.open(&w.earnings());
    for stranger in [&Address::generate(&w.e), &w.maker, &w.oracles[3]] {
        bad(&w, stranger, id, 1, (10, 0), Error::NotAnOracle);
    }
    bad(&w, &w.oracles[0], 9, 1, (10, 0), Error::NoChallenge);
    let (report, branch) = (Cid { codec: 1, ..w.cid(8) }, Branch { hash: w.bytes(1), sum: 1 });
    let unreported = w.client().try_post_earnings(&w.oracles[0], &id, &1, &branch, &branch, &report);
    refused(unreported, Error::BadCid);
    for terms in [w.terms(), w.ranked(&[5]), w.per_unit(1, 1)] {
        bad(&w, &w.oracles[0], w.open(&terms), 1, (10, 0), Error::WrongRule);
    }
}

#[test]
fn too_early_and_too_late() {
    let w = World::new();
    let later = Terms { opens: w.now() + 100, ..w.earnings() };
    let unaccepted = w.create(&later, 10_000, 0);
    bad(&w, &w.oracles[0], unaccepted, 1, (10, 0), Error::NotAccepted);
    w.client().cancel(&unaccepted);
    bad(&w, &w.oracles[0], unaccepted, 1, (10, 0), Error::Cancelled);
    let id = w.open(&later);
    bad(&w, &w.oracles[0], id, 1, (10, 0), Error::NotYetOpen);
    w.pass(100);
    let tree = tree(&w, id, 1, &[(&labelers(&w, 1)[0], 10)]);
    post(&w, id, 0, 1, &tree);
    w.go_to(later.grade_by - 1);
    post(&w, id, 1, 1, &tree);
    w.go_to(later.grade_by);
    bad(&w, &w.oracles[2], id, 2, (10, 0), Error::GradingOver);
}

#[test]
fn there_is_nothing_to_submit_to_or_to_rank() {
    let w = World::new();
    let id = w.open(&w.earnings());
    for units in [0, 1] {
        let submit = w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &w.bytes(0), &units, &0);
        refused(submit, Error::WrongRule);
    }
    let rank = w.client().try_post_ranking(&w.oracles[0], &id, &w.cid(8), &w.ranking(&[]));
    refused(rank, Error::WrongRule);
    assert_eq!((w.client().board(&id).len(), w.client().claimed(&id, &w.maker)), (0, 0));
}
