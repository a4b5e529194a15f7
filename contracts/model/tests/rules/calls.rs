//! Calls at their boundaries: creation, acceptance, money in and out, batches, rankings, claims.

use super::common::*;
use stellartrain_model::bank::CONTRACT;
use stellartrain_model::basics::{Address, Amount};
use stellartrain_model::challenge::Status;
use stellartrain_model::earnings::Root;
use stellartrain_model::event::Event;
use stellartrain_model::play::samples::{self, JUDGE, LIMITS, MAKER, ORACLES, TOKEN};
use stellartrain_model::ranking::By;
use stellartrain_model::refusal::Refusal;
use stellartrain_model::terms::{check, Payout, Terms};
use stellartrain_model::world::Call;

#[test]
fn creation_is_bounded() {
    let bounty = || samples::bounty(10, 2);
    let with = |payout: Payout| Terms { payout, ..bounty() };
    let oracles = |list: &[u32]| Terms { oracles: list.iter().map(|it| Address(*it)).collect(), ..bounty() };
    let judge = |address: Address| Terms {
        judge: bounty().judge.map(|it| stellartrain_model::terms::Judge { address, ..it }),
        ..bounty()
    };
    let cases = [
        (bounty(), 20, Ok(())),
        (bounty(), 19, Err(Refusal::WrongPrize)),
        (oracles(&[]), 20, Err(Refusal::BadOracles)),
        (oracles(&[11, 12]), 20, Err(Refusal::BadOracles)),
        (oracles(&[11, 12, 11]), 20, Err(Refusal::BadOracles)),
        (oracles(&[11, 12, 13, 14, 15, 16, 17]), 20, Err(Refusal::BadOracles)),
        (oracles(&[11]), 20, Ok(())),
        (judge(MAKER), 20, Err(Refusal::BadJudge)),
        (judge(ORACLES[1]), 20, Err(Refusal::BadJudge)),
        (Terms { deposit: -1, ..bounty() }, 20, Err(Refusal::BadAmount)),
        (Terms { step: 0, ..bounty() }, 20, Err(Refusal::BadStep)),
        (Terms { attempts: 0, ..bounty() }, 20, Err(Refusal::BadAttempts)),
        (Terms { attempts_per_day: 0, ..bounty() }, 20, Err(Refusal::BadAttempts)),
        (samples::bounty(1, 50), 50, Ok(())),
        (samples::bounty(1, 51), 51, Err(Refusal::BadPayout)),
        (samples::bounty(1, 0), 0, Err(Refusal::BadPayout)),
        (samples::bounty(0, 1), 0, Err(Refusal::BadPayout)),
        (samples::ranked(&[1; 40]), 40, Ok(())),
        (samples::ranked(&[1; 41]), 41, Err(Refusal::BadPayout)),
        (samples::ranked(&[]), 0, Err(Refusal::BadPayout)),
        (samples::ranked(&[1, 2]), 3, Err(Refusal::BadPayout)),
        (samples::ranked(&[1, 0]), 1, Err(Refusal::BadPayout)),
        (samples::ranked(&[3, 2]), 6, Err(Refusal::WrongPrize)),
        (Terms { oracle_fee: 1, ..samples::ranked(&[3]) }, 3, Err(Refusal::BudgetTooSmall)),
        (samples::per_unit(1, 50), 1_000, Ok(())),
        (samples::per_unit(1, 51), 1_000, Err(Refusal::BadPayout)),
        (samples::per_unit(0, 1), 1_000, Err(Refusal::BadPayout)),
        (samples::per_unit(1, 0), 1_000, Err(Refusal::BadPayout)),
        (samples::earnings(), 1, Ok(())),
        (samples::earnings(), 0, Err(Refusal::WrongPrize)),
        (Terms { deposit: 1, ..samples::earnings() }, 1, Err(Refusal::BadAmount)),
        (with(Payout::Earnings), 1, Err(Refusal::BadJudge)),
    ];
    for (terms, prize, expected) in cases {
        assert_eq!(check(&terms, prize, 1, 15, LIMITS), expected, "{terms:?}");
    }
    let short = Town::created(&samples::bounty(FUNDS, 2), 2 * FUNDS, 0);
    assert_eq!(short.err(), Some(Refusal::TransferFailed));
    let unknown = Terms { oracles: vec![Address(99)], ..bounty() };
    assert_eq!(Town::created(&unknown, 20, 0).err(), Some(Refusal::NotRegistered));
}

#[test]
fn until_all_accepted_everything_can_go_back() {
    let mut town = Town::created(&samples::bounty(10, 2), 20, 5).unwrap();
    town.call(ORACLES[0], Call::Accept(0, 7, Some(9))).unwrap();
    assert_eq!(town.call(solver(1), Call::Submit(0, 1, 0)), Err(Refusal::NotAccepted));
    assert_eq!(town.call(solver(1), Call::Cancel(0)), Err(Refusal::CannotCancel));
    assert_eq!(town.call(solver(1), Call::Accept(0, 7, None)), Err(Refusal::NotAnOracle));
    let mut other = Town { world: town.world.clone() };
    other.at(OPENS);
    assert_eq!(other.call(ORACLES[1], Call::Accept(0, 7, None)), Err(Refusal::AcceptTooLate));
    assert_eq!(other.call(solver(1), Call::TopUp(0, 0, 1)), Err(Refusal::AcceptTooLate));
    assert_eq!(other.call(solver(1), Call::Close(0)), Err(Refusal::NotAccepted));
    other.call(solver(1), Call::Cancel(0)).unwrap();
    assert_eq!(other.profit(MAKER), 0);
    for call in [Call::Cancel(0), Call::Accept(0, 7, None), Call::Submit(0, 1, 0), Call::Close(0), Call::TopUp(0, 0, 1)]
    {
        let by = if matches!(call, Call::Accept(..)) { ORACLES[1] } else { MAKER };
        assert_eq!(other.call(by, call), Err(Refusal::Cancelled));
    }
    for oracle in [1, 2] {
        town.call(ORACLES[oracle], Call::Accept(0, 7, None)).unwrap();
    }
    assert_eq!(town.call(MAKER, Call::Cancel(0)), Err(Refusal::CannotCancel));
    assert_eq!(town.call(solver(1), Call::Submit(0, 1, 0)), Err(Refusal::NotYetOpen));
    assert_eq!(town.call(solver(1), Call::Close(1)), Err(Refusal::NoChallenge));
}

#[test]
fn money_is_added_until_the_deadline_where_it_has_a_use() {
    let mut town = Town::new(&samples::bounty(10, 1), 10, 0);
    assert_eq!(town.call(solver(1), Call::TopUp(0, 1, 0)), Err(Refusal::WrongRule));
    assert_eq!(town.call(solver(1), Call::TopUp(0, 0, 0)), Err(Refusal::BadAmount));
    assert_eq!(town.call(solver(1), Call::TopUp(0, 0, -1)), Err(Refusal::BadAmount));
    assert_eq!(town.call(solver(1), Call::TopUp(0, 0, FUNDS + 1)), Err(Refusal::TransferFailed));
    town.call(solver(1), Call::TopUp(0, 0, 7)).unwrap();
    assert_eq!(town.at(DEADLINE).call(solver(1), Call::TopUp(0, 0, 7)), Err(Refusal::DeadlinePassed));
    let mut town = Town::new(&samples::per_unit(1, 5), 100, 0);
    town.call(solver(1), Call::TopUp(0, 50, 7)).unwrap();
    assert_eq!((town.challenge().purse.escrow, town.challenge().purse.budget), (150, 7));
}

#[test]
fn a_submission_is_bounded_and_admitted() {
    let gate = Address(90);
    let mut town = Town::new(&Terms { gate: Some(gate), attempts: 2, deposit: 3, ..samples::bounty(10, 1) }, 10, 0);
    assert_eq!(town.submit_units(1, 0), Err(Refusal::NotAdmitted));
    town.world.gates.entry(gate).or_default().extend([(0, solver(1)), (0, Address(999))]);
    assert_eq!(town.submit_units(1, 1), Err(Refusal::BadUnits));
    assert_eq!(town.call(Address(999), Call::Submit(0, 1, 0)), Err(Refusal::TransferFailed));
    assert_eq!(town.call(solver(1), Call::Submit(0, 2, 0)), Err(Refusal::WrongAttempt));
    town.submit(1);
    town.submit(1);
    assert_eq!(town.submit_units(1, 0), Err(Refusal::TooManyAttempts));
    assert_eq!(town.at(DEADLINE).submit_units(1, 0), Err(Refusal::DeadlinePassed));
    let mut town = Town::new(&samples::per_unit(1, 5), 100, 0);
    assert_eq!(town.submit_units(1, 0), Err(Refusal::BadUnits));
    assert_eq!(town.submit_units(1, 6), Err(Refusal::BadUnits));
    town.submit_units(1, 5).unwrap();
    assert_eq!(town.submit_units(1, 5), Err(Refusal::UngradedBatch));
    let mut town = Town::new(&samples::earnings(), 100, 0);
    assert_eq!(town.submit_units(1, 0), Err(Refusal::WrongRule));
}

#[test]
fn a_batch_names_known_submissions_once_and_is_taken_whole() {
    let mut town = Town::new(&samples::bounty(10, 3), 30, 0);
    town.submit(1);
    town.submit(2);
    let mut post = |votes: Vec<(u32, stellartrain_model::verdict::Verdict)>| {
        town.call(ORACLES[0], Call::PostScores(0, votes, false)).map(drop)
    };
    assert_eq!(post(vec![]), Err(Refusal::BadBatch));
    assert_eq!(post(vec![(1, GOOD), (1, GOOD)]), Err(Refusal::BadBatch));
    assert_eq!(post((1..=41).map(|it| (it, GOOD)).collect()), Err(Refusal::BadBatch));
    assert_eq!(post(vec![(1, GOOD), (3, GOOD)]), Err(Refusal::NoSubmission));
    assert_eq!(post(vec![(1, GOOD), (0, GOOD)]), Err(Refusal::NoSubmission));
    assert_eq!(post(vec![(1, GOOD), (2, labels(1))]), Err(Refusal::BadVerdict));
    assert_eq!(post(vec![(1, GOOD), (2, NONE)]), Err(Refusal::TooEarlyForUnavailable));
    assert_eq!(post(vec![(1, GOOD), (2, GOOD)]), Ok(()));
    assert_eq!(post(vec![(1, GOOD)]), Err(Refusal::AlreadyVoted));
    assert_eq!(town.call(solver(1), Call::PostScores(0, vec![(1, GOOD)], false)), Err(Refusal::NotAnOracle));
    assert_eq!(town.rule(1, GOOD), Err(Refusal::NotJudging));
    assert_eq!(town.call(MAKER, Call::Rule(0, vec![(1, GOOD)])), Err(Refusal::NotTheJudge));
    assert_eq!(town.at(GRADE_BY).vote(1, 1, GOOD), Err(Refusal::GradingOver));
    assert_eq!(town.rule(3, GOOD), Err(Refusal::NoSubmission));
    town.rule(1, GOOD).unwrap();
    assert_eq!(town.rule(1, GOOD), Err(Refusal::AlreadyDecided));
    assert_eq!(town.at(END).rule(2, GOOD), Err(Refusal::NotJudging));
}

/// The prize and what comes back are one transfer; a payment that fails or is held waits, and is released by anyone.
#[test]
fn a_payment_that_fails_or_is_held_is_released_by_anyone() {
    for hold in [false, true] {
        let mut town = Town::new(&Terms { deposit: 3, ..samples::bounty(10, 2) }, 20, 0);
        let number = town.submit(1);
        town.votes(&[0, 1], number, GOOD);
        if !hold {
            town.world.bank.blocked.insert((TOKEN, solver(1)));
        }
        let events = town.call(MAKER, Call::Settle(0, vec![(number, hold)])).unwrap();
        assert!(events.contains(&Event::Held(number, 13)) && matches!(town.status(number), Status::Scored { .. }));
        if !hold {
            assert_eq!(town.release(number), Err(Refusal::TransferFailed));
            town.world.bank.blocked.clear();
        }
        assert_eq!(town.submit_units(1, 0), Err(Refusal::AlreadyWon));
        assert_eq!(town.release(number), Ok(vec![Event::Paid(solver(1), 13)]));
        assert_eq!(town.release(number), Err(Refusal::NothingOwed));
        assert_eq!(town.release(2), Err(Refusal::NoSubmission));
        assert_eq!(town.solver_profit(1), 10);
    }
    let mut town = Town::new(&Terms { deposit: 3, ..samples::bounty(10, 2) }, 20, 0);
    for _ in 0..2 {
        let number = town.submit(1);
        town.votes(&[0, 1], number, GOOD);
    }
    let paid = |events: &[Event]| events.iter().filter(|it| matches!(it, Event::Paid(..))).cloned().collect::<Vec<_>>();
    assert_eq!(paid(&town.settle(&[1, 2])), [Event::Paid(solver(1), 16)], "one transfer for all of a batch");
}

#[test]
fn a_vote_in_the_batch_that_makes_the_quorum_pays_at_once() {
    let mut town = Town::new(&samples::per_unit(2, 5), 200, 0);
    let number = town.submit_units(1, 5).unwrap();
    town.vote(0, number, labels(3)).unwrap();
    town.call(ORACLES[1], Call::PostScores(0, vec![(number, labels(3))], true)).unwrap();
    assert_eq!((town.solver_profit(1), town.challenge().purse.escrow), (6, 194));
}

#[test]
fn rankings_have_their_time() {
    let terms = Terms { oracle_fee: 2, ..samples::ranked(&[60, 40]) };
    let mut town = Town::new(&terms, 100, 4);
    let number = town.submit(1);
    let rank =
        |town: &mut Town, by: Address| town.call(by, Call::PostRanking(0, vec![(solver(1), number, 95)])).map(drop);
    assert_eq!(rank(&mut town, ORACLES[0]), Err(Refusal::RankingTooEarly));
    town.at(DEADLINE);
    assert_eq!(rank(&mut town, ORACLES[0]), Err(Refusal::RankingTooEarly), "not every submission is final");
    town.votes(&[0, 1], number, GOOD);
    assert_eq!(rank(&mut town, JUDGE), Err(Refusal::NotJudging));
    town.at(GRADE_BY - P);
    assert_eq!(town.vote(2, number, GOOD), Err(Refusal::GradingOver), "the last patience is the ranking's");
    assert_eq!(rank(&mut town, ORACLES[0]), Err(Refusal::BadRanking), "who ranks settles first");
    town.settle_all();
    assert_eq!(rank(&mut town, ORACLES[0]), Ok(()));
    town.at(GRADE_BY);
    assert_eq!(rank(&mut town, ORACLES[1]), Err(Refusal::GradingOver));
    assert_eq!(rank(&mut town, JUDGE), Ok(()));
    town.call(JUDGE, Call::PostRanking(0, vec![])).unwrap();
    assert_eq!(rank(&mut town, solver(1)), Err(Refusal::NotAnOracle));
    assert_eq!(town.close(), 40, "one may still be ranked, and only one");
    assert_eq!(rank(&mut town, JUDGE), Ok(()), "the judge replaces its own");
    town.at(END);
    assert_eq!(rank(&mut town, JUDGE), Err(Refusal::GradingOver));
    town.release(number).unwrap();
    assert_eq!(town.challenge().rankings.placed, Some(By::Judge));
    town.finish();
    assert_eq!(
        (town.solver_profit(1), town.profit(MAKER)),
        (56, -60),
        "the fees of the ranking came back, and the solver carried those of its verdict"
    );
    let mut town = Town::new(&samples::bounty(10, 1), 10, 0);
    assert_eq!(town.call(ORACLES[0], Call::PostRanking(0, vec![])), Err(Refusal::WrongRule));
}

/// The judge ranks what it ruled itself.
#[test]
fn a_judges_ranking_may_name_what_it_ruled() {
    let mut town = Town::new(&samples::ranked(&[60, 40]), 100, 0);
    let (graded, ruled) = (town.submit(1), town.submit(2));
    town.votes(&[0, 1], graded, GOOD);
    town.at(GRADE_BY).settle_all();
    let rows = vec![(solver(2), ruled, 97), (solver(1), graded, 95)];
    assert_eq!(town.call(JUDGE, Call::PostRanking(0, rows.clone())), Err(Refusal::BadRanking));
    town.rule(ruled, GOOD).unwrap();
    town.call(JUDGE, Call::PostRanking(0, rows)).unwrap();
    town.finish();
    assert_eq!((town.solver_profit(1), town.solver_profit(2), town.profit(MAKER)), (40, 60, -100));
}

#[test]
fn close_reveal_and_withdraw_have_their_time() {
    let mut town = Town::new(&Terms { oracle_fee: 1, ..samples::bounty(10, 1) }, 10, 6);
    assert_eq!(town.call(MAKER, Call::Close(0)), Err(Refusal::TooEarlyToClose));
    assert_eq!(town.call(MAKER, Call::Reveal(0)), Err(Refusal::CannotReveal));
    let number = town.submit(1);
    town.votes(&[0, 1], number, GOOD);
    assert_eq!(town.call(MAKER, Call::WithdrawFees(0, ORACLES[0])), Err(Refusal::NothingOwed));
    town.settle_all();
    assert!(town.challenge().ended && !town.challenge().folded);
    assert_eq!(town.submit_units(2, 0), Err(Refusal::Ended));
    assert_eq!(town.call(MAKER, Call::TopUp(0, 0, 1)), Err(Refusal::Ended));
    assert_eq!(town.close(), 4, "a bounty that has ended is closed before its deadline");
    for who in [MAKER, ORACLES[2]] {
        town.call(who, Call::Reveal(0)).unwrap();
        assert_eq!(town.call(who, Call::Reveal(0)), Err(Refusal::CannotReveal));
    }
    assert_eq!(town.call(solver(1), Call::Reveal(0)), Err(Refusal::NotAnOracle));
    town.call(MAKER, Call::WithdrawFees(0, ORACLES[0])).unwrap();
    assert_eq!((town.profit(ORACLES[0]), town.profit(ORACLES[1])), (1, 0));
}

/// A maker that cannot be paid keeps its money in the contract, and does not escape its record.
#[test]
fn a_frozen_maker_is_on_record_all_the_same() {
    let mut town = Town::new(&samples::bounty(10, 1), 10, 0);
    town.submit(1);
    town.world.bank.blocked.insert((TOKEN, MAKER));
    town.at(END).call(CONTRACT, Call::Close(0)).unwrap();
    assert_eq!((town.world.makers[&MAKER].undecided, town.challenge().purse.escrow), (1, 10));
    town.world.bank.blocked.clear();
    assert_eq!(town.close(), 10);
}

#[test]
fn claims_need_a_posted_epoch_and_a_proof() {
    let mut town = Town::new(&samples::earnings(), 100, 0);
    let root = Root::of([(solver(1), 40 as Amount)]);
    assert_eq!(town.call(solver(1), Call::PostEarnings(0, 1, root.clone())), Err(Refusal::NotAnOracle));
    for oracle in [0, 1] {
        town.call(ORACLES[oracle], Call::PostEarnings(0, 1, root.clone())).unwrap();
    }
    assert_eq!(town.call(solver(1), Call::Claim(0, 2, solver(1), 40)), Err(Refusal::WrongEpoch));
    assert_eq!(town.call(solver(1), Call::Claim(0, 1, solver(1), 41)), Err(Refusal::BadProof));
    town.world.bank.blocked.insert((TOKEN, solver(1)));
    assert_eq!(town.call(solver(1), Call::Claim(0, 1, solver(1), 40)), Err(Refusal::TransferFailed));
    town.world.bank.blocked.clear();
    town.call(solver(9), Call::Claim(0, 1, solver(1), 40)).unwrap();
    assert_eq!(town.solver_profit(1), 40);
    assert_eq!(town.at(GRADE_BY).call(ORACLES[0], Call::PostEarnings(0, 2, root)), Err(Refusal::GradingOver));
    let mut town = Town::new(&samples::bounty(10, 1), 10, 0);
    assert_eq!(town.call(ORACLES[0], Call::PostEarnings(0, 1, Root::of([]))), Err(Refusal::WrongRule));
}
