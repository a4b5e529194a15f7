//! The stories that the first edition of the rules got wrong, with what has to come out; the adversary's profit is asserted.
//! Amounts are tenths of a token where a fee needs them, else whole tokens.

use super::common::*;
use stellartrain_model::basics::{Address, Amount, Number};
use stellartrain_model::challenge::Status;
use stellartrain_model::earnings::Root;
use stellartrain_model::play::honest::{File, Grade, Sight, COPY};
use stellartrain_model::play::samples::{self, JUDGE, MAKER, ORACLES};
use stellartrain_model::ranking::By;
use stellartrain_model::refusal::Refusal;
use stellartrain_model::terms::{Judge, Limits, Terms};
use stellartrain_model::verdict::Verdict;
use stellartrain_model::world::Call;

/// 1. Two wallets submit a CID that nobody holds; the quorum says `Unavailable`. They got 51 each; now they lose the fee.
#[test]
fn a_file_that_nobody_can_fetch_earns_nothing() {
    let terms = Terms { oracle_fee: 3, deposit: 10, ..samples::bounty(500, 5) };
    let mut town = Town::new(&terms, 2_500, 100);
    let junk = [town.submit(1), town.submit(2)];
    town.at(OPENS + P);
    for number in junk {
        town.votes(&[0, 1, 2], number, NONE);
    }
    town.settle(&junk);
    assert_eq!((town.solver_profit(1), town.solver_profit(2)), (-6, -6));
    town.finish();
    assert_eq!(town.profit(MAKER), 0, "prize and budget come back in full: the deposits paid the oracles");
    let oracles: Amount = ORACLES.iter().map(|oracle| town.profit(*oracle)).sum();
    assert_eq!(oracles, 12);
}

/// 2. Batches of 1,000 units with CIDs that nobody holds, from twenty wallets: they took the whole pool.
#[test]
fn batches_that_nobody_can_fetch_earn_nothing_and_their_reservations_come_free() {
    let mut town = Town::new(&samples::per_unit(1, 1_000), 20_000, 0);
    for wallet in 0..20 {
        town.submit_units(wallet, 1_000).unwrap();
    }
    assert_eq!(town.submit_units(20, 1), Err(Refusal::EscrowTooSmall), "they can hold the pool for a patience");
    town.at(OPENS + P);
    for number in 1..=20 {
        town.votes(&[0, 1], number, NONE);
    }
    town.settle_all();
    assert_eq!(town.challenge().purse.escrow, 20_000);
    let honest = town.submit_units(20, 900).unwrap();
    town.votes(&[0, 1], honest, labels(850));
    town.settle(&[honest]);
    town.finish();
    assert_eq!((0..20).map(|wallet| town.solver_profit(wallet)).sum::<Amount>(), 0);
    assert_eq!((town.solver_profit(20), town.profit(MAKER)), (850, -850));
}

/// 2, as the oracles' silence would have it: a batch that no quorum graded brings nothing, and costs nobody else.
#[test]
fn batches_that_nobody_graded_return_to_the_maker() {
    let mut town = Town::new(&Terms { judge: None, ..samples::per_unit(1, 50) }, 1_000, 0);
    let honest = town.submit_units(0, 50).unwrap();
    town.votes(&[0, 1], honest, labels(50));
    for wallet in 1..10 {
        town.submit_units(wallet, 1).unwrap();
    }
    town.finish();
    assert_eq!((town.solver_profit(0), town.solver_profit(1), town.profit(MAKER)), (50, 0, -50));
}

/// 3. One oracle evil, one late by a patience: the winner #1 was voted down and passed over, and lost everything.
#[test]
fn a_winner_that_one_oracle_votes_down_keeps_its_place_until_the_late_one_votes() {
    let mut town = Town::new(&samples::bounty(50, 3), 150, 0);
    let first = town.submit(1);
    let (second, third) = (town.submit(2), town.submit(3));
    town.vote(0, first, GOOD).unwrap();
    town.vote(2, first, BAD).unwrap();
    for number in [second, third] {
        town.votes(&[0, 2], number, GOOD);
    }
    town.at(OPENS + 2 * P - 1).settle_all();
    assert_eq!(town.solver_profit(2), 0, "the queue waits two patiences");
    town.at(OPENS + 2 * P).settle_all();
    assert!(town.challenge().submission(first).unwrap().kept);
    assert_eq!((town.solver_profit(1), town.solver_profit(2), town.solver_profit(3)), (0, 50, 50));
    assert_eq!(town.at(DEADLINE).close(), 0, "the maker gets nothing that #1 could win");
    town.vote(1, first, GOOD).unwrap();
    town.settle(&[first]);
    assert_eq!(town.solver_profit(1), 50);
    town.finish();
    assert_eq!(town.profit(MAKER), -150);
}

/// 3, where the late oracle never comes: no quorum graded #1, and its prize is the maker's, but not before the end.
#[test]
fn the_place_that_nobody_confirms_falls_to_who_waits_behind_it() {
    for (judge, won) in [(false, [0, 50]), (true, [50, 0])] {
        let mut town = Town::new(&samples::bounty(50, 1), 50, 0);
        let first = town.submit(1);
        let (second, void) = (town.submit(2), town.submit(3));
        town.vote(0, first, GOOD).unwrap();
        town.vote(2, first, BAD).unwrap();
        town.votes(&[0, 2], second, GOOD);
        town.at(OPENS + 2 * P).settle_all();
        assert!(town.challenge().ended, "#2 has the only place, and waits");
        assert_eq!((town.solver_profit(2), town.close()), (0, 0));
        town.at(GRADE_BY);
        assert_eq!(town.rule(void, GOOD), Err(Refusal::AlreadyDecided), "nothing is left to win for #3");
        if judge {
            assert_eq!(town.rule(first, scored(96)), Err(Refusal::NotAmongTheVotes));
            town.rule(first, GOOD).unwrap();
        }
        town.finish();
        assert_eq!([town.solver_profit(1), town.solver_profit(2)], won);
    }
}

fn sight<'a>(town: &'a Town, files: &'a [Option<File>], place: usize) -> Vec<(Number, Verdict)> {
    Sight { challenge: town.challenge(), files, now: town.world.now, place }.votes()
}

fn file(content: u64) -> Option<File> {
    Some(File { content, grade: Ok(Grade { public: 95, private: 95, units: 0 }) })
}

fn content(content: u64) -> Verdict {
    Verdict::Scored { score: 95, content, units: 0 }
}

/// 4. The evil oracle hands #1's content in again as #2 and votes for it alone: the copy won and the original got nothing.
#[test]
fn a_copy_does_not_win_by_blocking_the_original() {
    blocked_original(false);
    blocked_original(true);
}

fn blocked_original(late: bool) {
    let terms = Terms { unique_content: true, ..samples::bounty(50, 1) };
    let mut town = Town::new(&terms, 50, 0);
    let original = town.submit(1);
    let copy = town.submit(9);
    town.vote(2, original, BAD).unwrap();
    town.vote(2, copy, content(5)).unwrap();
    // Workers of the honest oracle finish the copy first: it votes on nothing before it knows what came before.
    assert_eq!(sight(&town, &[None, file(5)], 0), []);
    let files = [file(5), file(5)];
    assert_eq!(sight(&town, &files, 0), [(original, content(5))]);
    town.vote(0, original, content(5)).unwrap();
    town.at(OPENS + 5 * P).settle_all();
    assert_eq!(sight(&town, &files, 0), [], "the other is late, and the copy waits for the original's verdict");
    if !late {
        // The late oracle comes.
        assert_eq!(sight(&town, &files, 1)[0], (original, content(5)));
        town.vote(1, original, content(5)).unwrap();
        assert_eq!(sight(&town, &files, 1), [(copy, Verdict::Rejected(COPY))]);
        town.vote(1, copy, Verdict::Rejected(COPY)).unwrap();
    }
    town.at(GRADE_BY - P);
    assert_eq!(sight(&town, &files, 0), [(copy, Verdict::Rejected(COPY))]);
    town.vote(0, copy, Verdict::Rejected(COPY)).unwrap();
    town.at(GRADE_BY);
    if late {
        assert_eq!(town.rule(copy, content(6)), Err(Refusal::NotAmongTheVotes));
        town.rule(original, content(5)).unwrap();
    }
    town.finish();
    assert_eq!((town.solver_profit(1), town.solver_profit(9)), (50, 0));
}

/// 4, where the same labels are honest work: both are paid, and nobody loses a deposit.
#[test]
fn equal_work_is_paid_twice_where_content_need_not_be_unique() {
    let mut town = Town::new(&Terms { deposit: 1, ..samples::bounty(50, 2) }, 100, 0);
    let both = [town.submit(1), town.submit(2)];
    for oracle in [0, 1] {
        for (number, vote) in sight(&town, &[file(5), file(5)], oracle) {
            town.vote(oracle, number, vote).unwrap();
        }
    }
    town.settle(&both);
    assert_eq!((town.solver_profit(1), town.solver_profit(2)), (50, 50));
}

/// 5. Prize 100, one honest graded submission, then nine junk wallets and fewer than m oracles alive: the solver got 10.
#[test]
fn junk_takes_nothing_of_a_running_table() {
    let mut town = Town::new(&samples::ranked(&[100]), 100, 0);
    let honest = town.submit(0);
    town.votes(&[0, 1], honest, GOOD);
    town.settle(&[honest]);
    for wallet in 1..10 {
        let junk = town.submit(wallet);
        town.vote(0, junk, scored(99)).unwrap();
    }
    assert_eq!(town.at(DEADLINE).close(), 0);
    town.finish();
    assert_eq!(town.challenge().rankings.placed, Some(By::RunningTable));
    assert_eq!((town.solver_profit(0), town.profit(MAKER)), (100, -100));
    assert_eq!((1..10).map(|wallet| town.solver_profit(wallet)).sum::<Amount>(), 0);
}

/// 6. One challenge key: the first oracle makes it, the others accept no other one.
#[test]
fn what_one_oracle_can_open_all_can() {
    let mut town = Town::created(&samples::bounty(50, 1), 50, 0).unwrap();
    let mut accept = |oracle: usize, key, shares| town.call(ORACLES[oracle], Call::Accept(0, key, shares)).map(drop);
    assert_eq!(accept(1, 7, None), Err(Refusal::KeyNotMade));
    assert_eq!(accept(0, 7, None), Err(Refusal::BadShares));
    assert_eq!(accept(0, 7, Some(1_025)), Err(Refusal::BadShares));
    assert_eq!(accept(0, 7, Some(1_024)), Ok(()));
    assert_eq!(accept(0, 7, Some(1_024)), Err(Refusal::AlreadyAccepted));
    assert_eq!(accept(1, 8, None), Err(Refusal::WrongKey));
    assert_eq!(accept(1, 7, Some(9)), Err(Refusal::BadShares));
    assert_eq!(accept(1, 7, None), Ok(()));
}

/// 7. Fee budget 0: four solvers carry 5 each, the first wins, three are void. They got nothing and the maker got 15.
#[test]
fn carried_fees_come_back_where_no_verdict_was_paid() {
    let terms = Terms { oracle_fee: 25, ..samples::bounty(500, 1) };
    let mut town = Town::new(&terms, 500, 0);
    for wallet in 0..4 {
        town.submit(wallet);
    }
    town.votes(&[0, 1], 1, GOOD);
    town.settle_all();
    assert_eq!(town.status(2), Status::Void);
    let profits: Vec<Amount> = (0..4).map(|wallet| town.solver_profit(wallet)).collect();
    assert_eq!(profits, [450, 0, 0, 0]);
    town.finish();
    assert_eq!(town.profit(MAKER), -500);

    // A maker with silent oracles takes no entry fees either.
    let mut town = Town::new(&terms, 500, 0);
    for wallet in 0..3 {
        town.submit(wallet);
    }
    town.finish();
    assert_eq!((town.solver_profit(0), town.solver_profit(2), town.profit(MAKER)), (0, 0, 0));
}

/// 7. Deposit 10, four rejected: the maker paid in 50 and got 90 back.
#[test]
fn what_is_over_of_a_deposit_is_the_solvers() {
    for fee in [0, 2] {
        let terms = Terms { oracle_fee: fee, deposit: 10, ..samples::bounty(50, 1) };
        let mut town = Town::new(&terms, 50, 10);
        for wallet in 0..4 {
            let number = town.submit(wallet);
            town.votes(&[0, 1], number, BAD);
        }
        town.settle_all();
        town.finish();
        assert_eq!((town.solver_profit(3), town.profit(MAKER)), (-2 * fee, 0));
    }
}

/// 8. A judge's ballot, or a quorum that nobody settled for weeks, is not lost.
#[test]
fn what_is_decided_is_paid_however_late_somebody_settles() {
    let mut town = Town::new(&samples::bounty(50, 3), 150, 0);
    let (stuck, quorum, ruled) = (town.submit(1), town.submit(2), town.submit(3));
    town.vote(0, stuck, GOOD).unwrap();
    town.votes(&[0, 1], quorum, GOOD);
    assert_eq!(town.at(DEADLINE).close(), 0);
    town.at(GRADE_BY).rule(ruled, GOOD).unwrap();
    assert_eq!(town.close(), 0, "three may still win");
    town.at(END + 1_000_000);
    assert_eq!(town.close(), 50, "#1 has no verdict and never will");
    assert_eq!(town.close(), 0);
    town.release(ruled).unwrap();
    town.release(quorum).unwrap();
    assert_eq!((town.solver_profit(1), town.solver_profit(2), town.solver_profit(3)), (0, 50, 50));
    town.finish();
    assert_eq!(town.profit(MAKER), -100);
}

/// 9. A total above its leaves stranded the difference, and ten epochs with total 0 drained the fee budget of 100.
#[test]
fn epochs_pay_what_their_leaves_say_and_cost_a_fee_only_when_they_pay() {
    let terms = Terms { oracle_fee: 5, ..samples::earnings() };
    let mut town = Town::new(&terms, 1_000, 100);
    let root = |sums: &[(u32, Amount)]| Root::of(sums.iter().map(|(who, sum)| (solver(*who), *sum)));
    for epoch in 1..=10 {
        for oracle in [0, 1] {
            town.call(ORACLES[oracle], Call::PostEarnings(0, epoch, root(&[]))).unwrap();
        }
    }
    assert_eq!(town.challenge().purse.budget, 100);
    // One unit more than was paid in is refused when it is posted, not when the last one claims.
    let much = root(&[(1, 600), (2, 401)]);
    assert_eq!(town.call(ORACLES[0], Call::PostEarnings(0, 11, much)), Err(Refusal::BadTotal));
    // Two oracles differ by a unit, and agree at the second try.
    town.call(ORACLES[0], Call::PostEarnings(0, 11, root(&[(1, 600), (2, 301)]))).unwrap();
    town.call(ORACLES[1], Call::PostEarnings(0, 11, root(&[(1, 600), (2, 300)]))).unwrap();
    town.call(ORACLES[0], Call::PostEarnings(0, 11, root(&[(1, 600), (2, 300)]))).unwrap();
    assert_eq!(town.challenge().purse.budget, 90);
    assert_eq!(town.at(DEADLINE).close(), 0, "the last epoch may come");
    assert_eq!(town.at(GRADE_BY).close(), 190);
    for (who, sum) in [(2, 300), (1, 600)] {
        town.call(solver(9), Call::Claim(0, 11, solver(who), sum)).unwrap();
        assert_eq!(town.call(solver(9), Call::Claim(0, 11, solver(who), sum)), Err(Refusal::NothingOwed));
    }
    town.finish();
    assert_eq!((town.profit(MAKER), town.solver_profit(1), town.solver_profit(2)), (-910, 600, 300));
}

/// 10. Two oracles whose rankings differ by one unit could never try again: the overfit public table paid.
#[test]
fn a_ranking_has_a_second_try() {
    let terms = Terms { oracle_fee: 3, ..samples::ranked(&[100]) };
    let mut town = Town::new(&terms, 100, 30);
    let (overfit, best) = (town.submit(1), town.submit(2));
    town.votes(&[0, 1], overfit, scored(99));
    town.votes(&[0, 1], best, scored(95));
    town.settle_all();
    town.at(DEADLINE);
    let mut rank = |oracle: usize, score| {
        town.call(ORACLES[oracle], Call::PostRanking(0, vec![(solver(2), best, score)])).map(drop)
    };
    rank(0, 97).unwrap();
    rank(1, 98).unwrap();
    rank(0, 98).unwrap();
    assert_eq!(rank(2, 98), Err(Refusal::AlreadyRanked));
    town.release(best).unwrap();
    town.finish();
    assert_eq!((town.solver_profit(1), town.solver_profit(2)), (0, 100));
    assert_eq!([0, 1, 2].map(|oracle| town.profit(ORACLES[oracle])), [9, 9, 0], "two verdicts and the ranking");
}

/// 11. A sole oracle that left five of five ungraded showed `missed: 0`, and the challenge counted as ended in full.
#[test]
fn records_say_what_was_promised_and_not_kept() {
    for judge in [false, true] {
        let terms = Terms { oracles: ORACLES[..1].to_vec(), ..samples::bounty(50, 5) };
        let mut town = Town::new(&terms, 250, 0);
        for wallet in 0..5 {
            town.submit(wallet);
        }
        town.at(GRADE_BY);
        if judge {
            (1..=5).for_each(|number| drop(town.rule(number, GOOD).unwrap()));
            town.at(END).settle_all();
        }
        town.at(END).close();
        let oracle = town.world.oracles[&ORACLES[0]];
        assert_eq!((oracle.accepted, oracle.votes, oracle.missing), (1, 0, 5), "a judge does not hide the silence");
        let maker = town.world.makers[&MAKER];
        assert_eq!((maker.challenges, maker.decided, maker.undecided), (1, u32::from(judge), u32::from(!judge)));
        assert_eq!(maker.unopened, 1);
        town.call(MAKER, Call::Reveal(0)).unwrap();
        assert_eq!(town.world.makers[&MAKER].unopened, 0);
    }
}

/// 11. Who votes against a quorum is on record, also when the vote comes after it; who vetoes alone is not.
#[test]
fn a_wrong_vote_is_on_record() {
    let mut town = Town::new(&samples::bounty(50, 5), 250, 0);
    let (wrong, late) = (town.submit(1), town.submit(2));
    town.votes(&[0, 1], wrong, GOOD);
    town.vote(2, wrong, BAD).unwrap();
    town.votes(&[0, 1], late, GOOD);
    town.settle_all();
    town.vote(2, late, scored(94)).unwrap();
    town.vote(2, late, GOOD).unwrap();
    town.at(DEADLINE).close();
    let record = town.world.oracles[&ORACLES[2]];
    assert_eq!((record.votes, record.agreed, record.disagreed, record.missing), (2, 0, 2, 0));
    assert_eq!(town.world.oracles[&ORACLES[0]].agreed, 2);
}

/// 13. An acceptance two seconds before the deadline; windows of seconds between two ledgers.
#[test]
fn nobody_is_rushed() {
    let day = 86_400;
    let terms = Terms {
        opens: 0,
        accept_by: 1_000,
        deadline: 1_600,
        patience: 600,
        grade_by: 1_600 + day,
        judge: Some(Judge { address: JUDGE, by: 1_600 + 2 * day }),
        ..samples::bounty(50, 1)
    };
    let check = |terms: &Terms| stellartrain_model::terms::check(terms, 50, 0, 15, Limits::PUBLIC);
    assert_eq!(check(&terms), Ok(()));
    let judge = |by| Some(Judge { address: JUDGE, by });
    for bad in [
        Terms { accept_by: 1_598, ..terms.clone() },
        Terms { accept_by: 15, ..terms.clone() },
        Terms { opens: 1_001, ..terms.clone() },
        Terms { grade_by: 1_599 + day, judge: judge(1_600 + 2 * day), ..terms.clone() },
        Terms { judge: judge(1_599 + 2 * day), ..terms.clone() },
        Terms { judge: judge(150 * day + 16), ..terms.clone() },
        Terms { patience: 40_000, deadline: 100_000, grade_by: 259_999, judge: None, ..terms.clone() },
        Terms { deadline: u64::MAX, grade_by: u64::MAX, judge: None, ..terms.clone() },
    ] {
        assert_eq!(check(&bad), Err(Refusal::BadTimes), "{bad:?}");
    }
    assert_eq!(
        check(&Terms { patience: 40_000, deadline: 100_000, grade_by: 260_000, judge: None, ..terms.clone() }),
        Ok(())
    );
    assert_eq!(check(&Terms { judge: judge(150 * day + 15), ..terms.clone() }), Ok(()));
    assert_eq!(check(&Terms { patience: 599, ..terms.clone() }), Err(Refusal::BadPatience));
    assert_eq!(check(&Terms { patience: 7 * day + 1, ..terms }), Err(Refusal::BadPatience));
}

/// 15. A winner waits behind a kept place; its solver also has an earlier kept one.
#[test]
fn a_solver_with_a_waiting_place_and_an_earlier_kept_one_wins_once() {
    for won in [true, false] {
        let mut town = Town::new(&samples::bounty(50, 2), 100, 0);
        let (kept, other, again) = (town.submit(1), town.submit(2), town.submit(1));
        for number in [kept, other] {
            town.vote(0, number, GOOD).unwrap();
            town.vote(2, number, BAD).unwrap();
        }
        town.votes(&[0, 1], again, GOOD);
        town.at(OPENS + 2 * P).settle_all();
        assert_eq!(town.challenge().kept, 2);
        assert_eq!(town.solver_profit(1), 0, "#3 waits behind #1 and #2");
        town.vote(1, kept, if won { GOOD } else { BAD }).unwrap();
        town.settle(&[kept]);
        assert_eq!(town.challenge().board.rows.len(), 1);
        assert_eq!(town.challenge().board.rows[0].number, if won { kept } else { again });
        town.release(kept).ok();
        town.release(again).ok();
        assert_eq!(town.solver_profit(1), 50, "one place is safe behind one kept one");
        town.vote(1, other, GOOD).unwrap();
        town.settle(&[other]);
        assert_eq!(town.solver_profit(2), 50);
        town.finish();
        assert_eq!((town.solver_profit(1), town.profit(MAKER)), (50, -100));
    }
}

/// 15. The queue is stuck and 400 are decided behind it at the end: the lowest win, whoever calls first.
#[test]
fn the_lowest_numbers_win_in_whatever_order_the_calls_come() {
    let mut town = Town::new(&Terms { judge: None, ..samples::bounty(50, 5) }, 250, 0);
    let stuck = town.submit(0);
    for wallet in 1..=400 {
        let number = town.submit(wallet);
        town.world.now = OPENS;
        town.votes(&[0, 1], number, if number.is_multiple_of(2) { GOOD } else { BAD });
    }
    town.at(GRADE_BY - 1).settle_all();
    assert_eq!(town.challenge().concluded, 0);
    town.at(GRADE_BY);
    let numbers: Vec<Number> = (1..=401).rev().collect();
    for batch in numbers.chunks(40) {
        town.settle(batch);
        town.close();
    }
    assert_eq!(town.status(stuck), Status::Unsettled);
    for number in 1..=401 {
        town.release(number).ok();
    }
    let winners: Vec<u32> = (0..=400).filter(|wallet| town.solver_profit(*wallet) > 0).collect();
    assert_eq!(winners, [1, 3, 5, 7, 9], "the solvers of #2, #4, #6, #8 and #10");
    town.finish();
}

/// Everything that is not for the maker, the oracles or the judge to do as a solver.
#[test]
fn who_knows_the_truth_by_office_cannot_submit() {
    let mut town = Town::new(&samples::bounty(50, 1), 50, 0);
    for who in [MAKER, JUDGE, ORACLES[0], ORACLES[2]] {
        assert_eq!(town.call(who, Call::Submit(0, 1, 0)), Err(Refusal::KnowsTheTruth));
    }
    assert_eq!(town.call(Address(100), Call::Submit(0, 1, 0)).map(drop), Ok(()));
}
