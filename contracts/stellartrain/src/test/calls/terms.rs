//! A challenge exists only with its whole prize locked and with terms that push nobody over a limit.
use crate::errors::Error;
use crate::test::world::*;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, Address, Vec};

const TOO_MUCH: i128 = 1_000_000_000_000_000_000_000_000_001;

#[test]
fn creation_locks_prize_and_fee_budget() {
    let w = World::new();
    let id = w.create(&w.terms(), 2_000, 1_000);
    assert_eq!((id, w.client().challenges()), (1, 1));
    assert_eq!(w.balance(&w.maker), 1_000_000 - 2_000 - 1_000);
    let challenge = w.client().challenge(&id);
    assert_eq!(challenge, Challenge { maker: w.maker.clone(), created: NOW, terms: w.terms() });
    let purse = w.state(id).purse;
    assert_eq!((purse.escrow, purse.budget, w.client().phase(&id)), (2_000, 1_000, Phase::Accepting));
    assert_eq!(w.client().maker(&w.maker).challenges, 1);
    assert_eq!(w.create(&w.terms(), 2_000, 0), 2);
    w.check();
}

#[test]
fn the_fees_of_a_ranking_are_set_aside_at_once() {
    let w = World::new();
    let id = w.create(&w.ranked(&[5]), 5, 10);
    let purse = w.state(id).purse;
    assert_eq!((purse.ranking_fees, purse.budget), (10, 0));
    refused(w.client().try_create_challenge(&w.maker, &w.ranked(&[5]), &5, &9), Error::BudgetTooSmall);
    w.check();
}

#[test]
fn a_maker_without_the_money_creates_nothing() {
    let w = World::new();
    let poor = Address::generate(&w.e);
    w.fund(&poor, 2_999);
    assert!(w.client().try_create_challenge(&poor, &w.terms(), &2_000, &1_000).is_err());
    assert_eq!((w.client().challenges(), w.balance(&poor)), (0, 2_999));
    assert_eq!(w.client().maker(&poor), MakerRecord::default());
}

/// Every case is refused with its error, and what is just inside the bound is taken.
#[track_caller]
fn bounds(w: &World, bad: &[(Error, Terms)], good: &[Terms]) {
    for (error, terms) in bad {
        refused(w.client().try_create_challenge(&w.maker, terms, &prize(terms), &100), *error);
    }
    assert_eq!((w.client().challenges(), w.balance(&w.contract)), (0, 0));
    for terms in good {
        w.create(terms, prize(terms), 100);
    }
    w.check();
}

#[test]
fn oracles_are_one_three_or_five_and_registered() {
    let w = World::new();
    let good = w.terms();
    let of = |oracles: &[&Address]| Terms {
        oracles: Vec::from_iter(&w.e, oracles.iter().map(|oracle| (*oracle).clone())),
        ..good.clone()
    };
    let [a, b, c, d, f] = [0, 1, 2, 3, 4].map(|place| &w.oracles[place]);
    let stranger = Address::generate(&w.e);
    let bad = [
        (Error::BadOracles, of(&[])),
        (Error::BadOracles, of(&[a, b])),
        (Error::BadOracles, of(&[a, b, c, d])),
        (Error::BadOracles, of(&[a, b, c, d, f, &stranger])),
        (Error::BadOracles, of(&[a, b, c, d, f, &stranger, &w.maker])),
        (Error::BadOracles, of(&[a, b, a])),
        (Error::BadOracles, of(&[a, b, c, d, d])),
        (Error::NotRegistered, of(&[a, b, &stranger])),
        (Error::NotRegistered, of(&[&w.maker])),
    ];
    bounds(&w, &bad, &[of(&[a]), of(&[c, b, a]), of(&[a, b, c, d, f])]);
}

#[test]
fn a_judge_is_someone_else_and_has_a_window() {
    let w = World::new();
    let good = w.terms();
    let judged =
        |who: &Address, judge_by| Terms { judge: Some(Judge { address: who.clone(), judge_by }), ..good.clone() };
    let first = good.grade_by + MIN_WINDOW;
    let last = NOW + 150 * DAY;
    let bad = [
        (Error::BadJudge, judged(&w.maker, first)),
        (Error::BadJudge, judged(&w.oracles[2], first)),
        (Error::BadJudge, Terms { judge: judged(&w.judge, first).judge, ..w.earnings() }),
        (Error::BadTimes, judged(&w.judge, first - 1)),
        (Error::BadTimes, judged(&w.judge, good.grade_by)),
        (Error::BadTimes, judged(&w.judge, 0)),
        (Error::BadTimes, judged(&w.judge, last + 1)),
        (Error::BadTimes, judged(&w.judge, u64::MAX)),
    ];
    // An oracle that is not one of this challenge's may judge it, and so may a contract.
    bounds(&w, &bad, &[judged(&w.judge, first), judged(&w.oracles[3], last), judged(&w.gate, first)]);
}

#[test]
fn dates_leave_everyone_time() {
    let w = World::new();
    let good = w.terms();
    let (p, deadline) = (good.patience, good.deadline);
    let long = Terms { patience: 7 * DAY, opens: NOW, accept_by: NOW + DAY, ..good.clone() };
    let with = |terms: Terms| (Error::BadTimes, terms);
    let bad = [
        with(Terms { accept_by: NOW, ..good.clone() }),
        with(Terms { accept_by: deadline - p + 1, ..good.clone() }),
        with(Terms { opens: deadline - p + 1, ..good.clone() }),
        with(Terms { opens: u64::MAX, ..good.clone() }),
        with(Terms { accept_by: u64::MAX, ..good.clone() }),
        with(Terms { deadline: u64::MAX, ..good.clone() }),
        with(Terms { grade_by: u64::MAX, ..good.clone() }),
        with(Terms { grade_by: deadline + MIN_WINDOW - 1, ..good.clone() }),
        with(Terms { grade_by: deadline + 28 * DAY - 1, ..long.clone() }),
        with(Terms { grade_by: NOW + 150 * DAY + 1, ..good.clone() }),
        (Error::BadPatience, Terms { patience: MIN_PATIENCE - 1, ..good.clone() }),
        (Error::BadPatience, Terms { patience: 7 * DAY + 1, grade_by: NOW + 100 * DAY, ..good.clone() }),
        (Error::BadPatience, Terms { patience: u64::MAX, ..good.clone() }),
    ];
    let taken = [
        Terms { accept_by: NOW + 1, ..good.clone() },
        Terms { accept_by: deadline - p, opens: deadline - p, ..good.clone() },
        Terms { opens: 0, grade_by: deadline + MIN_WINDOW, ..good.clone() },
        Terms { grade_by: deadline + 28 * DAY, ..long },
        Terms { grade_by: NOW + 150 * DAY, ..good.clone() },
    ];
    bounds(&w, &bad, &taken);
}

#[test]
fn payout_rules_have_bounds() {
    let w = World::new();
    let paying = |payout| Terms { payout, ..w.terms() };
    let bounty = |reward, winners| paying(Payout::Bounty(Bounty { reward, winners }));
    let unit = |rate, max_units| paying(Payout::PerUnit(PerUnit { rate, max_units }));
    let ranked = |prizes: &[i128]| paying(Payout::Ranked(Ranked { prizes: Vec::from_slice(&w.e, prizes) }));
    let bad = [
        (Error::BadPayout, bounty(0, 2)),
        (Error::BadPayout, bounty(1_000, 0)),
        (Error::BadPayout, bounty(1_000, 51)),
        (Error::BadAmount, bounty(TOO_MUCH, 1)),
        (Error::BadPayout, ranked(&[])),
        (Error::BadPayout, ranked(&[5, 6])),
        (Error::BadPayout, ranked(&[5, 0])),
        (Error::BadPayout, ranked(&[1; 41])),
        (Error::BadPayout, unit(0, 1)),
        (Error::BadPayout, unit(1, 0)),
        (Error::BadAmount, unit(-1, 1)),
        (Error::BadAmount, unit(TOO_MUCH, 1)),
        // A batch costs at most a twentieth of 10,000.
        (Error::BadPayout, unit(1, 501)),
        (Error::BadPayout, unit(501, 1)),
        (Error::BadPayout, Terms { deposit: 1, ..w.earnings() }),
    ];
    let good =
        [bounty(1, 50), bounty(1, 1), ranked(&[5, 5]), ranked(&[1; 40]), unit(1, 500), unit(500, 1), w.earnings()];
    bounds(&w, &bad, &good);
}

#[test]
fn amounts_attempts_and_steps_have_bounds() {
    let w = World::new();
    let good = w.terms();
    let bad = [
        (Error::BadAmount, Terms { oracle_fee: -1, ..good.clone() }),
        (Error::BadAmount, Terms { oracle_fee: TOO_MUCH, ..good.clone() }),
        (Error::BadAmount, Terms { deposit: -1, ..good.clone() }),
        (Error::BadAmount, Terms { deposit: TOO_MUCH, ..good.clone() }),
        (Error::BadAttempts, Terms { attempts: 0, ..good.clone() }),
        (Error::BadAttempts, Terms { attempts_per_day: 0, ..good.clone() }),
        (Error::BadStep, Terms { step: 0, ..good.clone() }),
        (Error::BadStep, Terms { step: -1, ..good.clone() }),
        (Error::BadCid, Terms { manifest: Cid { codec: 0x71, ..w.cid(1) }, ..good.clone() }),
    ];
    let widest = Terms {
        oracle_fee: TOO_MUCH - 1,
        deposit: TOO_MUCH - 1,
        threshold: i64::MIN,
        step: i64::MAX,
        attempts: u32::MAX,
        attempts_per_day: u32::MAX,
        ..good.clone()
    };
    bounds(&w, &bad, &[Terms { oracle_fee: 0, deposit: 0, attempts: 1, attempts_per_day: 1, step: 1, ..good }, widest]);
}

#[test]
fn exactly_the_prize_is_paid_in() {
    let w = World::new();
    for (terms, wrong) in [(w.terms(), [1_999, 2_001]), (w.ranked(&[5, 4]), [8, 10]), (w.per_unit(1, 1), [0, 0])] {
        for amount in wrong {
            refused(w.client().try_create_challenge(&w.maker, &terms, &amount, &100), Error::WrongPrize);
        }
        refused(w.client().try_create_challenge(&w.maker, &terms, &-1, &100), Error::BadAmount);
        refused(w.client().try_create_challenge(&w.maker, &terms, &TOO_MUCH, &100), Error::BadAmount);
        refused(w.client().try_create_challenge(&w.maker, &terms, &prize(&terms), &-1), Error::BadAmount);
        refused(w.client().try_create_challenge(&w.maker, &terms, &prize(&terms), &TOO_MUCH), Error::BadAmount);
    }
    assert_eq!(w.client().challenges(), 0);
}
