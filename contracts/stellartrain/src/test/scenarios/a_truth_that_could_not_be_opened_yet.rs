//! Work that was all decided right after the deadline was closed at once, and the maker's record said that its truth was not
//! opened, though `reveal` was refused for another day and more. Now it counts from the moment on in which the maker may open it.
use super::super::world::*;
use crate::errors::Error;
use crate::types::*;

fn record(w: &World) -> MakerRecord {
    w.client().maker(&w.maker)
}

#[test]
fn a_close_before_the_end_says_nothing_of_the_truth_and_one_after_it_does() {
    on_both(|w| {
        let rules: [fn(&World) -> Terms; 3] = [World::terms, |w| w.per_unit(1, 10), |w| w.judged(w.terms())];
        for (count, rule) in (1..).zip(rules) {
            let terms = rule(&w);
            let id = w.open(&terms);
            let units = u32::from(matches!(terms.payout, Payout::PerUnit(_)));
            let work = w.submit_units(id, &w.solver(), units);
            w.grade(id, &[w.rejected(&work, 1)]);
            w.go_to(terms.deadline);
            assert!(w.client().close(&id) > 0);
            refused(w.client().try_reveal(&w.maker, &id, &w.cid(5)), Error::NotYetEnded);
            assert_eq!((record(&w).decided, record(&w).unopened), (count, 0), "it may not be opened yet");
            refused(w.client().try_close(&id), Error::NothingToClose);

            w.go_to(terms.end());
            assert_eq!((w.client().close(&id), record(&w).unopened), (0, 1));
            refused(w.client().try_close(&id), Error::NothingToClose);
            w.client().reveal(&w.maker, &id, &w.cid(5));
            assert_eq!((record(&w).decided, record(&w).unopened), (count, 0), "counted once, and taken back");
            refused(w.client().try_close(&id), Error::NothingToClose);
        }
    });
}

/// Who opens as soon as it may is never marked, and what a mark needs is the maker's opening, not an oracle's.
#[test]
fn an_opened_truth_leaves_no_mark_whenever_anyone_closes() {
    on_both(|w| {
        let terms = w.terms();
        let (early, late) = (w.open(&terms), w.open(&terms));
        w.go_to(terms.deadline);
        w.client().close(&early);
        w.go_to(terms.grade_by);
        w.client().reveal(&w.maker, &early, &w.cid(5));
        refused(w.client().try_close(&early), Error::NothingToClose);
        w.client().reveal(&w.oracles[0], &late, &w.cid(5));
        w.client().close(&late);
        assert_eq!((record(&w).decided, record(&w).unopened), (2, 1));
    });
}

/// The last winner ends a bounty, and the truth may be opened at once.
#[test]
fn a_bounty_with_its_last_winner_is_marked_until_its_truth_is_opened() {
    on_both(|w| {
        let id = w.open(&w.judged(w.bounty(1_000, 1)));
        let work = w.work(id);
        w.grade(id, &[w.scored(&work, 60, 1)]);
        w.client().close(&id);
        assert_eq!(record(&w).unopened, 1);
        w.client().reveal(&w.maker, &id, &w.cid(5));
        assert_eq!(record(&w).unopened, 0);
        w.pass(100 * DAY);
        refused(w.client().try_close(&id), Error::NothingToClose);
    });
}
