//! A judge's ballot or a quorum that nobody settled for weeks is not lost; the maker's `close` at any moment takes exactly what
//! nobody can win any more.
use super::super::world::*;
use super::Stakes;
use crate::types::*;

fn terms(w: &World) -> Terms {
    w.judged(Terms { oracle_fee: 0, deposit: 1, ..w.bounty(50, 5) })
}

/// Five places; the first submission blocks the queue, #2 has its quorum behind it, #3 a ballot, #4 nothing.
#[test]
fn a_maker_that_closes_at_every_moment_takes_what_nobody_can_win() {
    on_both(|w| {
        let terms = terms(&w);
        let id = w.open_with(&terms, 250, 0);
        let works = [w.work(id), w.work(id), w.work(id), w.work(id)];
        let stakes = Stakes::of(&w, &[&w.maker]);
        w.grade(id, &[w.scored(&works[1], 90, 1)]);
        assert!(w.client().try_close(&id).is_err(), "not before the deadline");
        w.go_to(terms.deadline);
        assert_eq!(w.client().close(&id), 50, "one place more than can be won");
        w.go_to(terms.grade_by);
        assert!(w.client().try_close(&id).is_err());
        w.rule(id, &[w.scored(&works[2], 90, 2)]);
        assert!(w.client().try_close(&id).is_err());
        w.go_to(terms.judge().judge_by);
        assert_eq!(w.client().close(&id), 100, "#1 and #4 can win no more");
        w.pass(30 * DAY);
        assert!(w.client().try_close(&id).is_err());
        assert_eq!(works.each_ref().map(|work| w.owed(id, work)), [1, 51, 51, 1]);
        assert_eq!(w.release(id, &works[2]), 51);
        w.settle(id, &[&works[1]]);
        assert_eq!([w.release(id, &works[0]), w.release(id, &works[3])], [1, 1]);
        assert_eq!(stakes.profit(), 150);
        assert!(works.iter().zip([0, 50, 50, 0]).all(|(work, won)| w.balance(&work.solver) == 1_000 + won));
        assert_eq!(w.balance(&w.contract), 0);
        w.check();
    });
}

/// Two places are kept, #3 waits behind them, and the judge decides one of the two. The maker has frozen its account: what
/// becomes due at the end is set aside by `close` all the same.
#[test]
fn a_frozen_maker_does_not_keep_a_prize_from_falling_due() {
    on_both(|w| {
        let terms = Terms { payout: w.bounty(50, 2).payout, ..terms(&w) };
        let id = w.open_with(&terms, 100, 0);
        let works = [w.work(id), w.work(id), w.work(id)];
        w.post(id, 0, &[w.scored(&works[0], 90, 1), w.scored(&works[1], 90, 2)], false);
        w.post(id, 2, &[w.rejected(&works[0], 1), w.rejected(&works[1], 1)], false);
        w.pass(2 * terms.patience);
        w.settle(id, &[&works[0], &works[1]]);
        w.grade(id, &[w.scored(&works[2], 90, 3)]);
        assert_eq!((w.state(id).kept, w.state(id).rows, w.state(id).due), (2, 1, 0));
        w.go_to(terms.grade_by);
        w.rule(id, &[w.rejected(&works[0], 1)]);
        w.go_to(terms.judge().judge_by);
        w.freeze(&w.maker, true);
        assert_eq!(w.client().close(&id), 0);
        assert_eq!((w.state(id).due, w.state(id).purse.prizes), (1, 50));
        assert_eq!(w.release(id, &works[2]), 50);
        w.check();
    });
}

impl Terms {
    fn judge(&self) -> &Judge {
        self.judge.as_ref().expect("a judge")
    }
}
