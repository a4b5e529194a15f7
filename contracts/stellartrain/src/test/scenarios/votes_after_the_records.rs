//! Who closed early spared an oracle its record for ever: votes that came later, and verdicts that nobody had written yet, never
//! reached it. Now a later `close`, which anyone may call, adds what has happened since.
extern crate std;
use super::super::world::*;
use crate::errors::Error;
use crate::types::*;

/// Challenges, votes, agreed, disagreed, missing.
fn record(w: &World, place: usize) -> (u32, u32, u32, u32, u32) {
    let it = w.client().oracle(&w.oracles[place]);
    (it.folded, it.votes, it.agreed, it.disagreed, it.missing)
}

#[test]
fn a_late_vote_reaches_the_record_though_it_was_closed_before() {
    on_both(|w| {
        let terms = w.terms();
        let id = w.open(&terms);
        let (one, two) = (w.work(id), w.work(id));
        w.grade(id, &[w.scored(&one, 60, 1), w.scored(&two, 10, 2)]);
        w.go_to(terms.deadline);
        w.client().close(&id);
        assert_eq!([0, 1, 2].map(|place| record(&w, place)), [(1, 2, 2, 0, 0), (1, 2, 2, 0, 0), (1, 0, 0, 0, 0)]);
        refused(w.client().try_close(&id), Error::NothingToClose);

        w.post(id, 2, &[w.rejected(&one, 1)], false);
        assert_eq!(w.state(id).tallies.get_unchecked(2), Tally { votes: 1, disagreed: 1, ..Tally::default() });
        assert_eq!((w.client().close(&id), record(&w, 2)), (0, (1, 1, 0, 1, 0)));
        w.post(id, 2, &[w.scored(&two, 10, 2)], true);
        assert_eq!((w.client().close(&id), record(&w, 2)), (0, (1, 2, 1, 1, 0)));
        assert_eq!(w.state(id).tallies.get_unchecked(2), Tally::default(), "all of it is in the record");
        refused(w.client().try_close(&id), Error::NothingToClose);
        w.check();
    });
}

/// The last winner is found while a passed-over submission has its quorum and nobody has written that. An evil oracle closes, and
/// votes on it before or after somebody settles: its disagreement is on record in every order.
#[test]
fn a_verdict_that_nobody_had_written_reaches_the_record_in_every_order() {
    on_both(|w| {
        for votes_first in [false, true] {
            let before = [0, 1, 2].map(|place| record(&w, place));
            let terms = Terms { patience: 600, ..w.bounty(1_000, 1) };
            let id = w.open(&terms);
            let (passed, won) = (w.work(id), w.work(id));
            w.post(id, 0, &[w.rejected(&passed, 1)], false);
            w.post(id, 1, &[w.scored(&passed, 10, 1)], false);
            w.grade(id, &[w.scored(&won, 60, 2)]);
            w.pass(2 * terms.patience);
            w.settle(id, &[&passed]);
            assert_eq!(w.view(id, &passed).flags, PASSED, "nobody says that it wins");
            w.post(id, 2, &[w.scored(&passed, 10, 1)], false);
            w.settle(id, &[&won]);
            assert_eq!((w.client().phase(&id), w.verdict(id, &passed)), (Phase::Ended, Verdict::Pending));

            w.client().close(&id);
            let gained = |place: usize| {
                let (is, was) = (record(&w, place), before[place]);
                (is.0 - was.0, is.1 - was.1, is.2 - was.2, is.3 - was.3, is.4 - was.4)
            };
            assert_eq!([0, 1, 2].map(gained), [(1, 2, 1, 0, 0), (1, 2, 1, 0, 0), (1, 1, 0, 0, 0)]);
            if votes_first {
                w.post(id, 2, &[w.rejected(&won, 1)], false);
            }
            w.settle(id, &[&passed]);
            if !votes_first {
                w.post(id, 2, &[w.rejected(&won, 1)], false);
            }
            w.client().close(&id);
            assert_eq!([0, 1, 2].map(gained), [(1, 2, 1, 1, 0), (1, 2, 2, 0, 0), (1, 2, 1, 1, 0)]);
            refused(w.client().try_close(&id), Error::NothingToClose);
        }
    });
}

/// Of five oracles three make the verdict of what the queue has passed; the others vote when the last winner is found, before
/// anybody writes it or after.
#[test]
fn a_vote_on_what_will_be_concluded_by_its_quorum_counts_at_once_and_once() {
    on_both(|w| {
        let terms = Terms { oracles: w.first_oracles(5), ..w.bounty(1_000, 1) };
        let id = w.open(&terms);
        let (passed, won, void) = (w.work(id), w.work(id), w.work(id));
        for (oracle, vote) in
            [w.scored(&passed, 10, 1), w.scored(&passed, 10, 1), w.rejected(&passed, 1)].iter().enumerate()
        {
            w.post(id, oracle, core::slice::from_ref(vote), false);
        }
        w.grade(id, &[w.scored(&won, 60, 2)]);
        w.pass(2 * terms.patience);
        w.settle(id, &[&passed]);
        w.post(id, 3, &[w.scored(&passed, 10, 1)], false);
        w.settle(id, &[&won]);
        let votes = [w.rejected(&passed, 1), w.rejected(&void, 1)];
        w.post(id, 4, &votes, false);
        w.post(id, 4, &votes, false);
        let tally = w.state(id).tallies.get_unchecked(4);
        assert_eq!(tally, Tally { votes: 1, disagreed: 1, ..Tally::default() }, "what is void has no record");
        assert_eq!(w.view(id, &passed).voted, 0b11111);
        w.client().close(&id);
        w.settle(id, &[&passed, &void]);
        w.post(id, 4, &votes, true);
        w.client().close(&id);
        assert_eq!(record(&w, 4), (1, 2, 0, 1, 0));
        assert_eq!(record(&w, 3), (1, 1, 1, 0, 0));
        assert_eq!(record(&w, 2), (1, 2, 1, 1, 0));
        w.check();
    });
}

/// What is missing is counted when it is certain, whether anybody settles it before that or after, or never.
#[test]
fn what_is_missing_is_counted_once_whoever_settles_when() {
    on_both(|w| {
        for (settled_before, settled_after) in [(0, 0), (2, 0), (0, 3), (1, 2), (3, 0)] {
            let before = w.client().oracle(&w.oracles[0]).missing;
            let terms = Terms { oracle_fee: 0, ..w.terms() };
            let id = w.open(&terms);
            let works = [w.work(id), w.work(id), w.work(id)];
            w.post(id, 1, &[w.scored(&works[0], 60, 1)], false);
            w.go_to(terms.grade_by);
            let settle = |from: usize, count: usize| {
                let works: std::vec::Vec<&Work> = works[from..from + count].iter().collect();
                if count > 0 {
                    w.settle(id, &works);
                }
            };
            settle(0, settled_before);
            w.client().close(&id);
            assert_eq!(w.client().oracle(&w.oracles[0]).missing - before, 3);
            settle(settled_before, settled_after);
            refused(w.client().try_close(&id), Error::NothingToClose);
            assert_eq!(w.state(id).tallies.get_unchecked(0).missing, 0);
        }
        assert_eq!(w.client().maker(&w.maker).undecided, 5);
        assert_eq!(w.client().oracle(&w.oracles[1]).missing, 5 * 2);
    });
}
