//! A challenge exists only with its whole prize locked and with terms that cannot push anybody over a limit.
use super::world::{prize, refused, World, MIN_PATIENCE, NOW};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, vec, Address, Vec};

#[test]
fn creation_locks_prize_and_fee_budget() {
    let w = World::new();
    let id = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &1_000);
    assert_eq!((id, w.client().challenges()), (1, 1));
    assert_eq!(w.balance(&w.maker), 1_000_000 - 2_000 - 1_000);
    let challenge = w.client().challenge(&id);
    assert_eq!(challenge, Challenge { maker: w.maker.clone(), created: NOW, terms: w.terms() });
    let state = w.client().state(&id);
    assert_eq!((state.escrow, state.fee_budget, state.status), (2_000, 1_000, Status::Active));
    assert_eq!(w.client().maker(&w.maker).challenges, 1);
    assert_eq!(w.client().create_challenge(&w.maker, &w.terms(), &2_000, &0), 2);
    w.check();
}

#[test]
fn a_maker_without_the_money_creates_nothing() {
    let w = World::new();
    let poor = Address::generate(&w.e);
    w.fund(&poor, 2_999);
    assert!(w.client().try_create_challenge(&poor, &w.terms(), &2_000, &1_000).is_err());
    assert_eq!((w.client().challenges(), w.balance(&poor)), (0, 2_999));
}

#[test]
fn every_bad_term_has_its_error() {
    let w = World::new();
    let good = w.terms();
    let bounty = |reward, winners| Payout::Bounty(Bounty { reward, winners });
    let stranger = Address::generate(&w.e);
    let one = &w.oracles[0];
    let six: Vec<Address> = Vec::from_iter(&w.e, (0..6).map(|_| Address::generate(&w.e)));
    let too_much = 1_000_000_000_000_000_000_000_000_001;
    let cases = [
        (Error::BadPayout, Terms { payout: Payout::Earnings, ..good.clone() }),
        (Error::BadPayout, Terms { payout: Payout::Ranked(Ranked { prizes: vec![&w.e] }), ..good.clone() }),
        (Error::BadPayout, Terms { payout: Payout::Ranked(Ranked { prizes: vec![&w.e, 5, 6] }), ..good.clone() }),
        (Error::BadPayout, Terms { payout: Payout::PerUnit(PerUnit { rate: 0, max_units: 1 }), ..good.clone() }),
        (Error::BadPayout, Terms { payout: Payout::PerUnit(PerUnit { rate: 1, max_units: 0 }), ..good.clone() }),
        (Error::BadOracles, Terms { oracles: vec![&w.e], ..good.clone() }),
        (Error::BadOracles, Terms { oracles: six, ..good.clone() }),
        (Error::BadOracles, Terms { oracles: vec![&w.e, one.clone(), one.clone()], ..good.clone() }),
        (Error::NotRegistered, Terms { oracles: vec![&w.e, one.clone(), stranger], ..good.clone() }),
        (Error::BadQuorum, Terms { quorum: 1, ..good.clone() }),
        (Error::BadQuorum, Terms { quorum: 4, ..good.clone() }),
        (Error::BadTimes, Terms { accept_by: NOW, ..good.clone() }),
        (Error::BadTimes, Terms { accept_by: good.deadline + 1, ..good.clone() }),
        (Error::BadTimes, Terms { opens: good.deadline, ..good.clone() }),
        (Error::BadTimes, Terms { grade_by: good.deadline + 3 * good.patience - 1, ..good.clone() }),
        (Error::BadTimes, Terms { grade_by: NOW + 150 * 86_400 + 1, ..good.clone() }),
        (Error::BadPatience, Terms { patience: MIN_PATIENCE - 1, ..good.clone() }),
        (Error::BadPatience, Terms { patience: 7 * 86_400 + 1, ..good.clone() }),
        (Error::BadPayout, Terms { payout: bounty(0, 2), ..good.clone() }),
        (Error::BadPayout, Terms { payout: bounty(1_000, 0), ..good.clone() }),
        (Error::BadPayout, Terms { payout: bounty(1_000, 51), ..good.clone() }),
        (Error::BadAmount, Terms { payout: bounty(too_much, 1), ..good.clone() }),
        (Error::BadAmount, Terms { oracle_fee: -1, ..good.clone() }),
        (Error::BadAmount, Terms { deposit: -1, silence_share: 0, ..good.clone() }),
        (Error::BadAmount, Terms { deposit: too_much, ..good.clone() }),
        (Error::BadAttempts, Terms { attempts: 0, ..good.clone() }),
        (Error::BadAttempts, Terms { attempts_per_day: 0, ..good.clone() }),
        (Error::BadSilenceShare, Terms { silence_share: 10_001, ..good.clone() }),
        (Error::BadSilenceShare, Terms { deposit: 0, silence_share: 1, ..good.clone() }),
        (Error::BadStep, Terms { step: 0, ..good.clone() }),
        (Error::BadStep, Terms { step: -1, ..good.clone() }),
        (Error::BadCid, Terms { manifest: Cid { codec: 0x71, ..w.cid(1) }, ..good.clone() }),
    ];
    for (error, terms) in cases {
        refused(w.client().try_create_challenge(&w.maker, &terms, &prize(&terms), &0), error);
    }
    refused(w.client().try_create_challenge(&w.maker, &good, &prize(&good), &-1), Error::BadAmount);
    for wrong in [-1, 0, 1_999, 2_001] {
        refused(
            w.client().try_create_challenge(&w.maker, &good, &wrong, &0),
            if wrong < 0 { Error::BadAmount } else { Error::WrongPrize },
        );
    }
    assert_eq!((w.client().challenges(), w.balance(&w.contract)), (0, 0));
}

#[test]
fn the_widest_terms_are_taken() {
    let w = World::new();
    let five: Vec<Address> = Vec::from_iter(&w.e, (0..5).map(|_| Address::generate(&w.e)));
    for oracle in five.iter() {
        w.register(&oracle, 1);
    }
    let terms = Terms {
        payout: Payout::Bounty(Bounty { reward: 1, winners: 50 }),
        oracles: five,
        quorum: 3,
        patience: 7 * 86_400,
        grade_by: NOW + 150 * 86_400,
        silence_share: 10_000,
        threshold: i64::MIN,
        step: i64::MAX,
        ..w.terms()
    };
    assert_eq!(w.client().create_challenge(&w.maker, &terms, &prize(&terms), &0), 1);
    w.check();
}
