//! No ranking at `grade_by`: the running table pays, scaled by what was graded.
use super::super::world::refused;
use super::*;
use crate::errors::Error;

#[test]
fn with_everything_graded_the_table_pays_in_full() {
    let w = World::new();
    let terms = terms(&w);
    let (id, works) = graded(&w, &terms, &[60, 90]);
    w.go_to(terms.grade_by - 1);
    refused(w.client().try_release_payment(&id, &works[1].solver, &1), Error::NothingOwed);
    w.go_to(terms.grade_by);
    // The views say it before any call has made it so.
    assert_eq!((w.client().owed(&id, &works[1].solver, &1), w.client().state(&id).ranking), (500, Ranking::Open));
    assert_eq!(w.release(id, &works[1]), 500);
    let state = w.client().state(&id);
    assert_eq!((state.ranking, state.held, state.escrow), (Ranking::Table, 300, 200));
    assert_eq!(w.client().close(&id), 200 + 980);
    assert_eq!(w.release(id, &works[0]), 300);
    assert_eq!(w.client().maker(&w.maker).ended, 1);
    w.check();
}

#[test]
fn with_work_ungraded_prizes_are_scaled_and_rounded_down() {
    let w = World::new();
    let terms = Terms { silence_share: 0, ..terms(&w) };
    let id = w.open(&terms);
    let works = add(&w, id, &[60, 90, 10]);
    let silent = [w.work(id), w.work(id), w.work(id), w.work(id)];
    w.go_to(terms.grade_by);
    // Three of seven graded: 3/7 of 500 and of 300, rounded down.
    assert_eq!(board(&w, id), [(2, 90, 214), (1, 60, 128)]);
    assert_eq!((w.release(id, &works[1]), w.release(id, &works[0])), (214, 128));
    refused(w.client().try_release_payment(&id, &works[2].solver, &1), Error::NothingOwed);
    assert_eq!(w.client().close(&id), 1_000 - 214 - 128 + 1_000 - 3 * 10);
    assert!(silent.iter().all(|work| w.release(id, work) == 20));
    assert_eq!(w.client().maker(&w.maker).expired, 1);
    w.check();
}

#[test]
fn rejects_and_copies_were_graded_and_the_unsettled_was_not() {
    let w = World::new();
    let terms = Terms { silence_share: 0, ..terms(&w) };
    let id = w.open(&terms);
    let works = [w.work(id), w.work(id), w.work(id), w.work(id)];
    w.grade(id, &[w.scored(&works[0], 60, 1), w.scored(&works[1], 60, 1), w.rejected(&works[2], 1)]);
    for oracle in 0..3 {
        // The third oracle has passed over the first three.
        w.post(id, oracle, &[w.scored(&works[3], oracle as i64 * 10, 4)], true);
    }
    w.go_to(terms.grade_by);
    assert_eq!(w.release(id, &works[0]), 375);
    w.check();
}

#[test]
fn with_nothing_graded_everything_goes_by_silence() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let silent = [w.work(id), w.work(id), w.work(id)];
    w.go_to(terms.grade_by);
    assert_eq!(board(&w, id), []);
    // Half of 1,000 among three.
    assert_eq!(w.release(id, &silent[0]), 166 + 20);
    assert_eq!((w.client().state(&id).ranking, w.client().state(&id).winners), (Ranking::Table, 0));
    w.check();
}

#[test]
fn a_prize_scaled_to_nothing_owes_nothing() {
    let w = World::new();
    let terms = Terms { silence_share: 0, ..with_prizes(&w, &[2, 1]) };
    let id = w.open(&terms);
    let works = add(&w, id, &[90, 80]);
    w.work(id);
    w.go_to(terms.grade_by);
    // Two thirds of 2 and of 1.
    assert_eq!(w.release(id, &works[0]), 1);
    refused(w.client().try_release_payment(&id, &works[1].solver, &1), Error::NothingOwed);
    assert_eq!((w.client().state(&id).held, w.client().state(&id).escrow), (0, 2));
    w.check();
}

#[test]
fn the_shares_are_fixed_by_the_first_call_and_never_again() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let works = add(&w, id, &[90]);
    let silent = w.work(id);
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 1_000 - 250 - 200 + 1_000 - 10);
    let fixed = w.client().state(&id);
    assert_eq!((fixed.held, fixed.silence), (250 + 200, Some(200)));
    assert_eq!((w.release(id, &silent), w.release(id, &works[0])), (220, 250));
    assert_eq!(w.client().state(&id).held, 0);
    refused(w.client().try_close(&id), Error::NothingToClose);
    assert_eq!(w.balance(&w.contract), 10);
    w.check();
}
