//! Each prize is sent by its own call, which anybody may make, and none waits for another.
use super::super::world::refused;
use super::*;
use crate::errors::Error;

#[test]
fn a_stranger_releases_each_prize_in_any_order() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90, 80, 70]);
    rank_by_quorum(&w, id, &[(&works[0], 90), (&works[1], 80), (&works[2], 70)]);
    w.e.mock_auths(&[]);
    assert_eq!(w.client().owed(&id, &works[1].solver, &1), 300);
    assert_eq!((w.release(id, &works[2]), w.release(id, &works[0])), (200, 500));
    assert_eq!(
        (w.balance(&works[0].solver), w.balance(&works[1].solver), w.balance(&works[2].solver)),
        (1_500, 1_000, 1_200)
    );
    refused(w.client().try_release_payment(&id, &works[0].solver, &1), Error::NothingOwed);
    assert_eq!((w.client().state(&id).held, w.view(id, &works[0]).flags, w.view(id, &works[1]).flags), (300, 4, 0));
    // The maker's rest does not wait for the last winner.
    assert_eq!(w.client().close(&id), 1_000 - 3 * 10);
    refused(w.client().try_close(&id), Error::NothingToClose);
    w.check();
    w.pass(400 * 86_400);
    assert_eq!(w.release(id, &works[1]), 300);
    w.check();
}

#[test]
fn a_frozen_winner_holds_up_nobody() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90, 80]);
    rank_by_quorum(&w, id, &[(&works[0], 90), (&works[1], 80)]);
    w.freeze(&works[0].solver, true);
    assert!(w.client().try_release_payment(&id, &works[0].solver, &1).is_err());
    assert_eq!((w.view(id, &works[0]).flags, w.client().state(&id).held), (0, 800));
    assert_eq!(w.release(id, &works[1]), 300);
    assert_eq!(w.client().close(&id), 200 + 980);
    w.check();
    w.freeze(&works[0].solver, false);
    assert_eq!(w.release(id, &works[0]), 500);
    w.check();
}

#[test]
fn deposits_held_and_prize_go_out_together() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let work = w.work(id);
    let hold = Vote { hold: true, ..w.scored(&work, 60, 1) };
    w.grade(id, &[hold]);
    w.go_to(terms.deadline);
    rank_by_quorum(&w, id, &[(&work, 60)]);
    assert_eq!(w.release(id, &work), 500 + 20);
    w.check();
}

#[test]
fn what_became_of_a_submission_is_told_before_anybody_released_it() {
    let w = World::new();
    let terms = terms(&w);
    let (id, works) = graded(&w, &terms, &[90, 10]);
    let outcome = |work: &Work| {
        let Outcome { verdict, prize, last, .. } = w.client().outcome(&id, &work.solver, &work.attempt);
        (verdict, prize, last)
    };
    assert_eq!(outcome(&works[0]), (Verdict::Scored, 0, false));
    rank_by_quorum(&w, id, &[(&works[0], 90)]);
    assert_eq!((outcome(&works[0]), outcome(&works[1])), ((Verdict::Scored, 500, true), (Verdict::Scored, 0, true)));
    w.release(id, &works[0]);
    assert_eq!(outcome(&works[0]), (Verdict::Scored, 500, true));
}

/// A call that was simulated before the ranking may land after it: what it then reads must be declared already.
#[test]
fn a_release_declares_the_board_before_there_is_a_ranking() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let [split, other] = [w.work(id), w.work(id)];
    for oracle in 0..3 {
        w.post(id, oracle, &[w.scored(&split, 10 * oracle as i64, 1), w.scored(&other, 10 * oracle as i64, 2)], true);
    }
    w.go_to(terms.deadline);
    let entries = || {
        let used = w.e.cost_estimate().resources();
        (used.memory_read_entries + used.disk_read_entries, used.write_entries)
    };
    assert_eq!(w.release(id, &split), 20);
    let before = entries();
    rank_by_quorum(&w, id, &[]);
    assert_eq!(w.release(id, &other), 20);
    assert_eq!(entries(), before);
}
