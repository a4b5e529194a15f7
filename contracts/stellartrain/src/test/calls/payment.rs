//! The prize arrives in the transaction that settles; what cannot be delivered is held and paid later.
use crate::errors::Error;
use crate::test::world::*;
use crate::types::*;
use soroban_sdk::vec;

#[test]
fn the_winner_is_paid_with_its_deposit_in_one_transfer() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 50, 1)]);
    assert_eq!(w.balance(&work.solver), 2_000);
    let view = w.view(id, &work);
    assert_eq!((view.verdict, view.score, view.flags), (Verdict::Scored, 50, PRIZE_PAID));
    let solver = work.solver.clone();
    let place = Place { solver, attempt: 1, number: 1, score: 50, prize: 1_000, due: true };
    assert_eq!(w.client().board(&id), vec![&w.e, place]);
    let state = w.state(id);
    assert_eq!((state.rows, state.due, state.scored), (1, 1, 1));
    assert_eq!((state.purse.escrow, state.purse.deposits, state.purse.prizes, state.purse.owed), (1_000, 0, 0, 0));
    refused(w.client().try_release_payment(&id, &work.solver, &1), Error::NothingOwed);
    let won =
        Outcome { number: 1, verdict: Verdict::Scored, score: 50, prize: 1_000, token: w.asset.clone(), last: true };
    assert_eq!(w.client().outcome(&id, &work.solver, &1), won);
    w.check();
}

#[test]
fn below_the_threshold_only_the_deposit_comes_back() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (low, bad) = (w.work(id), w.work(id));
    // 59 rounds down to 50 and wins, 49 to 40.
    w.grade(id, &[w.scored(&low, 49, 1), w.rejected(&bad, 3)]);
    assert_eq!((w.view(id, &low).score, w.balance(&low.solver)), (40, 1_000));
    // The lost deposit pays the fee of the verdict, the rest comes back.
    assert_eq!((w.view(id, &bad).reason, w.balance(&bad.solver)), (3, 980 + 10));
    assert_eq!(w.state(id).purse.budget, 1_000 - 10);
    w.check();
}

#[test]
fn less_is_better_where_the_direction_says_so() {
    let w = World::new();
    let id = w.open(&Terms { direction: Direction::Minimize, ..w.terms() });
    let (good, bad) = (w.work(id), w.work(id));
    w.grade(id, &[w.scored(&good, 41, 1), w.scored(&bad, 51, 2)]);
    assert_eq!((w.view(id, &good).score, w.view(id, &bad).score), (50, 60));
    assert_eq!((w.balance(&good.solver), w.balance(&bad.solver)), (2_000, 1_000));
}

#[test]
fn a_solver_wins_a_bounty_once() {
    let w = World::new();
    let id = w.open(&w.terms());
    let solver = w.solver();
    let (first, second) = (w.submit(id, &solver), w.submit(id, &solver));
    w.grade(id, &[w.scored(&first, 60, 1), w.scored(&second, 90, 2)]);
    assert_eq!(w.balance(&solver), 2_000);
    assert_eq!((w.verdict(id, &second), w.view(id, &second).flags, w.state(id).rows), (Verdict::Scored, 0, 1));
    w.check();
}

#[test]
fn a_frozen_solver_holds_up_no_one() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    w.freeze(&a.solver, true);
    w.grade(id, &[w.scored(&a, 60, 1), w.scored(&b, 60, 2)]);
    assert_eq!(w.balance(&b.solver), 2_000);
    assert_eq!((w.verdict(id, &a), w.view(id, &a).flags), (Verdict::Scored, HELD));
    let purse = w.state(id).purse;
    assert_eq!((purse.prizes, purse.owed, purse.deposits, purse.escrow), (1_000, 20, 0, 0));
    w.check();

    // While it is frozen the release fails and changes nothing; afterwards it pays once.
    assert_eq!(w.owed(id, &a), 1_020);
    assert!(w.client().try_release_payment(&id, &a.solver, &1).is_err());
    w.freeze(&a.solver, false);
    assert_eq!((w.release(id, &a), w.balance(&a.solver)), (1_020, 2_000));
    assert_eq!((w.view(id, &a).flags, w.owed(id, &a)), (PRIZE_PAID, 0));
    refused(w.client().try_release_payment(&id, &a.solver, &1), Error::NothingOwed);
    w.check();
}

#[test]
fn who_settles_may_hold_a_payment() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&a, 60, 1), w.scored(&b, 10, 2)], false);
    let hold = |vote: Vote| Vote { hold: true, ..vote };
    w.post(id, 1, &[hold(w.scored(&a, 60, 1)), hold(w.scored(&b, 10, 2))], true);
    assert_eq!((w.balance(&a.solver), w.balance(&b.solver)), (980, 980));
    assert_eq!((w.view(id, &a).flags, w.view(id, &b).flags), (HELD, HELD));
    w.check();
    assert_eq!((w.release(id, &a), w.release(id, &b)), (1_020, 20));
    w.check();
}

#[test]
fn a_batch_pays_a_solver_with_one_transfer() {
    use soroban_sdk::testutils::Events;
    let w = World::new();
    let id = w.open(&w.terms());
    let solver = w.solver();
    let works = [w.submit(id, &solver), w.submit(id, &solver), w.submit(id, &solver)];
    let votes = [w.scored(&works[0], 10, 1), w.scored(&works[1], 60, 2), w.scored(&works[2], 10, 3)];
    w.post(id, 0, &votes, false);
    w.post(id, 1, &votes, true);
    assert_eq!(w.e.events().all().filter_by_contract(&w.asset).events().len(), 1);
    assert_eq!(w.balance(&solver), 2_000);

    // If that one transfer fails, all of them are held, and paid one by one.
    let other = w.solver();
    let works = [w.submit(id, &other), w.submit(id, &other)];
    w.freeze(&other, true);
    w.grade(id, &[w.scored(&works[0], 60, 4), w.scored(&works[1], 10, 5)]);
    assert_eq!((w.view(id, &works[0]).flags, w.view(id, &works[1]).flags), (HELD, HELD));
    w.check();
    w.freeze(&other, false);
    assert_eq!((w.release(id, &works[1]), w.release(id, &works[0])), (20, 1_020));
    w.check();
}

#[test]
fn settle_false_moves_no_money_and_anyone_settles_later() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    for oracle in 0..3 {
        w.post(id, oracle, &[w.scored(&work, 60, 1)], false);
    }
    assert_eq!((w.verdict(id, &work), w.balance(&work.solver), w.state(id).decided), (Verdict::Pending, 980, 1));
    w.settle(id, &[&work]);
    assert_eq!((w.balance(&work.solver), w.state(id).decided), (2_000, 0));
    w.check();
}

#[test]
fn settle_skips_what_is_concluded_or_undecided() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b, c) = (w.work(id), w.work(id), w.work(id));
    w.grade(id, &[w.scored(&a, 10, 1)]);
    refused(w.client().try_settle(&id, &w.settlements(&[&a, &b, &c])), Error::NothingToSettle);
    w.post(id, 0, &[w.scored(&b, 10, 2)], false);
    w.post(id, 1, &[w.scored(&b, 10, 2)], false);
    w.settle(id, &[&c, &a, &b]);
    assert_eq!((w.state(id).concluded, w.state(id).head), (2, 2));
    refused(w.client().try_settle(&id, &w.settlements(&[&a, &b])), Error::NothingToSettle);
    w.check();
}

#[test]
fn the_oracles_of_the_quorum_earn_and_withdraw() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    for oracle in [2, 0, 1] {
        w.post(id, oracle, &[w.scored(&work, 10, 1)], true);
    }
    let purse = w.state(id).purse;
    assert_eq!((purse.fees, purse.budget, purse.held_fees), (vec![&w.e, 5, 0, 5], 990, 0));
    w.check();
    // Anyone may call; the money goes to the oracle.
    assert_eq!((w.client().withdraw_fees(&w.oracles[2], &id), w.balance(&w.oracles[2])), (5, 5));
    refused(w.client().try_withdraw_fees(&w.oracles[2], &id), Error::NothingEarned);
    refused(w.client().try_withdraw_fees(&w.oracles[1], &id), Error::NothingEarned);
    refused(w.client().try_withdraw_fees(&w.maker, &id), Error::NotAnOracle);
    refused(w.client().try_withdraw_fees(&w.oracles[0], &9), Error::NoChallenge);
    w.check();
}

#[test]
fn what_was_carried_pays_first_then_a_lost_deposit_then_the_budget() {
    let w = World::new();
    // The deposit, the budget at first, whether the submission is rejected; what is left of the budget, what comes back.
    let cases = [
        (20, 1_000, true, 1_000, 10),
        (3, 1_000, true, 993, 0),
        (3, 1_000, false, 990, 3),
        (3, 9, true, 9, 3),
        (3, 9, false, 9, 3),
        (0, 10, true, 0, 0),
    ];
    for (deposit, budget, rejected, left, back) in cases {
        let id = w.open_with(&Terms { deposit, ..w.terms() }, 2_000, budget);
        let work = w.submit_carrying(id, &w.solver(), 0, 10);
        let before = w.balance(&work.solver);
        w.grade(id, &[if rejected { w.rejected(&work, 1) } else { w.scored(&work, 10, 1) }]);
        let purse = w.state(id).purse;
        assert_eq!((purse.budget, purse.held_fees, purse.carried, purse.deposits), (left, 0, 0, 0));
        assert_eq!((w.balance(&work.solver) - before, purse.fees), (back, vec![&w.e, 5, 5, 0]));
        w.check();
    }
}

#[test]
fn without_a_fee_nothing_is_counted_and_the_whole_deposit_comes_back() {
    let w = World::new();
    let id = w.open(&Terms { oracle_fee: 0, ..w.terms() });
    let work = w.work(id);
    w.grade(id, &[w.rejected(&work, 1)]);
    assert_eq!((w.state(id).purse.fees, w.balance(&work.solver)), (vec![&w.e, 0, 0, 0], 1_000));
    w.check();
}

#[test]
fn where_only_a_prize_could_not_be_sent_nothing_else_is_held() {
    let w = World::new();
    let id = w.open(&Terms { deposit: 0, ..w.terms() });
    let a = w.work(id);
    w.freeze(&a.solver, true);
    w.grade(id, &[w.scored(&a, 60, 1)]);
    assert_eq!((w.view(id, &a).flags, w.owed(id, &a)), (0, 1_000));
    w.freeze(&a.solver, false);
    assert_eq!((w.release(id, &a), w.view(id, &a).flags), (1_000, PRIZE_PAID));
    w.check();
}

#[test]
fn where_nothing_is_owed_no_transfer_is_made() {
    use soroban_sdk::testutils::Events;
    let w = World::new();
    let id = w.open(&Terms { deposit: 0, ..w.terms() });
    let a = w.work(id);
    w.grade(id, &[w.scored(&a, 10, 1)]);
    assert_eq!(w.e.events().all().filter_by_contract(&w.asset).events().len(), 0);
    assert_eq!(w.verdict(id, &a), Verdict::Scored);
}
