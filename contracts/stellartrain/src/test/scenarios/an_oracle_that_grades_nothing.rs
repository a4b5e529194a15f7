//! An oracle that left 5 of 5 ungraded showed `missed: 0`; a challenge with undecided work counted as ended in full. Now records
//! say what was promised and not kept.
extern crate std;
use super::super::world::*;
use super::Stakes;
use crate::errors::Error;
use crate::types::*;
use std::vec::Vec;

#[test]
fn five_of_five_left_ungraded_are_five_missing_and_the_challenge_is_undecided() {
    on_both(|w| {
        let terms = w.terms();
        let id = w.open(&terms);
        let silent = Stakes::of(&w, &[&w.oracles[0], &w.oracles[2]]);
        let works: Vec<Work> = (0..5).map(|_| w.work(id)).collect();
        w.post(id, 1, &works.iter().map(|work| w.scored(work, 60, 1)).collect::<Vec<_>>(), true);
        w.go_to(terms.grade_by);
        w.client().close(&id);
        let record = |place: usize| w.client().oracle(&w.oracles[place]);
        let counted = |it: OracleRecord| (it.folded, it.votes, it.agreed, it.missing);
        assert_eq!([0, 1, 2].map(|place| counted(record(place))), [(1, 0, 0, 5), (1, 5, 0, 0), (1, 0, 0, 5)]);
        let maker = w.client().maker(&w.maker);
        assert_eq!((maker.decided, maker.undecided, maker.unopened), (0, 1, 1));
        w.client().reveal(&w.maker, &id, &w.cid(7));
        assert_eq!(w.client().maker(&w.maker).unopened, 0);
        for place in [0, 2] {
            refused(w.client().try_withdraw_fees(&w.oracles[place], &id), Error::NothingEarned);
        }
        assert_eq!(silent.profit(), 0, "silence is paid by no one");
    });
}

/// The silent oracle has a judge for a friend, who rules what it left, and settles before anybody counts.
#[test]
fn a_judge_does_not_hide_the_silence_of_an_oracle() {
    on_both(|w| {
        let terms = w.judged(w.terms());
        let id = w.open(&terms);
        let friends = Stakes::of(&w, &[&w.oracles[0], &w.judge]);
        let works: Vec<Work> = (0..5).map(|_| w.work(id)).collect();
        w.go_to(terms.grade_by);
        w.rule(id, &works.iter().map(|work| w.rejected(work, 1)).collect::<Vec<_>>());
        w.pass(DAY);
        w.settle(id, &works.iter().collect::<Vec<_>>());
        w.client().close(&id);
        assert!((0..3).all(|place| w.client().oracle(&w.oracles[place]).missing == 5));
        assert_eq!(w.client().maker(&w.maker).decided, 1, "everything has a verdict");
        refused(w.client().try_withdraw_fees(&w.oracles[0], &id), Error::NothingEarned);
        assert_eq!(friends.profit(), 0, "what the judge rules earns no oracle a fee");
    });
}
