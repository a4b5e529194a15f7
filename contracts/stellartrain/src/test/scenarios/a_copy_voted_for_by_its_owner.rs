//! The evil oracle hands #1's content in again as #2 from a wallet of its own and votes for it. Once the copy won and the original
//! got nothing. Now honest oracles vote on #1 before #2 and reject #2 as a copy; where `unique_content` is off, equal work of two
//! honest solvers is paid twice.
use super::super::world::*;
use super::Stakes;
use crate::types::*;

const COPY: u32 = 9;

fn terms(w: &World) -> Terms {
    Terms { unique_content: true, oracle_fee: 0, deposit: 1, ..w.bounty(50, 1) }
}

#[test]
fn the_original_is_paid_whoever_votes_first() {
    on_both(|w| {
        let id = w.open_with(&terms(&w), 50, 0);
        let (original, wallet) = (w.work(id), w.solver());
        let stakes = Stakes::of(&w, &[&wallet, &w.oracles[2]]);
        let copy = w.submit(id, &wallet);
        w.post(id, 2, &[w.scored(&copy, 90, 1), w.rejected(&original, 1)], true);
        let votes = [w.scored(&original, 90, 1), w.rejected(&copy, COPY)];
        w.post(id, 0, &votes, true);
        w.post(id, 1, &votes, true);
        assert_eq!(w.balance(&original.solver), 1_050);
        assert_eq!(w.verdict(id, &copy), Verdict::Void, "the only place was taken before its turn");
        assert_eq!(stakes.profit(), 0);
        w.check();
    });
}

/// One honest oracle is late, so that the evil one's vote against the original has it passed over. The other honest oracle does not
/// vote on the copy before the original has its verdict, and so the copy has no quorum.
#[test]
fn a_late_oracle_does_not_make_the_copy_win() {
    on_both(|w| {
        let terms = terms(&w);
        let id = w.open_with(&terms, 50, 0);
        let (original, wallet) = (w.work(id), w.solver());
        let stakes = Stakes::of(&w, &[&wallet, &w.oracles[2]]);
        let copy = w.submit(id, &wallet);
        w.post(id, 2, &[w.rejected(&original, 1), w.scored(&copy, 90, 1)], true);
        w.post(id, 0, &[w.scored(&original, 90, 1)], true);
        w.pass(2 * terms.patience);
        w.settle(id, &[&original, &copy]);
        assert_eq!([w.view(id, &original).flags, w.view(id, &copy).flags], [PASSED | KEPT, 0]);
        w.post(id, 1, &[w.scored(&original, 90, 1)], true);
        assert_eq!(w.balance(&original.solver), 1_050);
        assert_eq!(w.client().phase(&id), Phase::Ended);
        w.release(id, &copy);
        assert_eq!(stakes.profit(), 0);
        w.check();
    });
}

#[test]
fn two_honest_solvers_with_the_same_labels_are_both_paid_where_copies_may_win() {
    on_both(|w| {
        let terms = Terms { unique_content: false, deposit: 1, ..w.bounty(50, 2) };
        let id = w.open(&terms);
        let works = [w.work(id), w.work(id)];
        w.grade(id, &[w.scored(&works[0], 72, 5), w.scored(&works[1], 72, 5)]);
        assert_eq!(works.each_ref().map(|work| w.balance(&work.solver)), [1_050, 1_050]);
        w.check();
    });
}
