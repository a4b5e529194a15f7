//! Fees that solvers carried, with a fee budget of 0, went to the maker when their work was void or undecided; so did what was over
//! of lost deposits: a maker paid 50 in and had 90 back. Now both come back to the solver.
use super::super::world::*;
use super::Stakes;
use crate::types::*;

fn terms(w: &World) -> Terms {
    Terms { oracle_fee: 5, deposit: 20, ..w.bounty(50, 1) }
}

#[test]
fn void_work_has_its_fee_and_its_deposit_back() {
    on_both(|w| {
        let id = w.open_with(&terms(&w), 50, 0);
        let works = [w.solver(), w.solver()].map(|solver| w.submit_carrying(id, &solver, 0, 10));
        w.grade(id, &[w.scored(&works[0], 90, 1)]);
        assert_eq!(w.balance(&works[0].solver), 1_000 + 50 - 10, "the winner bears its own grading");
        assert_eq!(w.release(id, &works[1]), 10 + 20);
        assert_eq!(w.verdict(id, &works[1]), Verdict::Void);
        assert_eq!(w.balance(&works[1].solver), 1_000);
        w.check();
    });
}

/// The maker pays for no grading and has nothing graded.
#[test]
fn a_maker_has_no_more_back_than_it_paid_in() {
    on_both(|w| {
        let terms = terms(&w);
        let stakes = Stakes::of(&w, &[&w.maker]);
        let id = w.open_with(&terms, 50, 0);
        let works = [w.solver(), w.solver(), w.solver()].map(|solver| w.submit_carrying(id, &solver, 0, 25));
        assert!(works.iter().all(|work| w.balance(&work.solver) == 1_000 - 20 - 10), "no more than is needed is kept");
        // One is rejected: its carry pays, its deposit is whole. Two stay undecided.
        w.grade(id, &[w.rejected(&works[0], 1)]);
        assert_eq!(w.balance(&works[0].solver), 1_000 - 10);
        w.go_to(terms.grade_by);
        assert_eq!(w.client().close(&id), 50);
        assert_eq!([w.release(id, &works[1]), w.release(id, &works[2])], [30, 30]);
        assert!(w.client().try_close(&id).is_err());
        assert_eq!(stakes.profit(), 0);
        assert_eq!(w.state(id).purse.fees.iter().sum::<i128>(), 10);
        w.check();
    });
}

/// A deposit that is larger than the fee: the oracles have their fee, the solver the rest.
#[test]
fn what_is_over_of_a_lost_deposit_comes_back() {
    on_both(|w| {
        let terms = Terms { deposit: 50, ..terms(&w) };
        let stakes = Stakes::of(&w, &[&w.maker]);
        let id = w.open_with(&terms, 50, 10);
        let work = w.work(id);
        w.grade(id, &[w.rejected(&work, 1)]);
        assert_eq!(w.balance(&work.solver), 1_000 - 10);
        w.go_to(terms.deadline);
        assert_eq!(w.client().close(&id), 50 + 10);
        assert_eq!(stakes.profit(), 0);
        w.check();
    });
}
