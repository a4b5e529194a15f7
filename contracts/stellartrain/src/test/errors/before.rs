//! 1xx, 2xx and the part of 3xx that comes before submissions: registry, creation, acceptance.
use super::*;
use crate::test::hostile::token::{Mood, Token};
use soroban_sdk::{vec, Bytes, String};

#[track_caller]
fn accept(w: &World, id: u32, place: usize, key: u8, shares: usize, error: Error) {
    let shares = Bytes::from_slice(&w.e, &[1; 9][..shares]);
    refused(w.client().try_accept_challenge(&w.oracles[place], &id, &w.bytes(key), &shares), error);
}

pub const REACHED: &[Reached] = &[
    (Error::NotRegistered, |w| refused(w.client().try_oracle(&w.maker), Error::NotRegistered)),
    (Error::UrlTooLong, |w| {
        let url = String::from_bytes(&w.e, &[b'x'; 129]);
        refused(w.client().try_register_oracle(&w.maker, &w.bytes(1), &url, &w.cid(1)), Error::UrlTooLong);
    }),
    (Error::BadCid, |w| create(w, Terms { manifest: Cid { codec: 0, ..w.cid(1) }, ..w.terms() }, Error::BadCid)),
    (Error::BadOracles, |w| create(w, Terms { oracles: vec![&w.e], ..w.terms() }, Error::BadOracles)),
    (Error::BadJudge, |w| create(w, w.judged(w.earnings()), Error::BadJudge)),
    (Error::BadTimes, |w| create(w, Terms { accept_by: w.now(), ..w.terms() }, Error::BadTimes)),
    (Error::BadPatience, |w| create(w, Terms { patience: 1, ..w.terms() }, Error::BadPatience)),
    (Error::BadPayout, |w| create(w, Terms { deposit: 1, ..w.earnings() }, Error::BadPayout)),
    (Error::BadAmount, |w| create(w, Terms { oracle_fee: -1, ..w.terms() }, Error::BadAmount)),
    (Error::BadAttempts, |w| create(w, Terms { attempts: 0, ..w.terms() }, Error::BadAttempts)),
    (Error::BudgetTooSmall, |w| create(w, w.ranked(&[5]), Error::BudgetTooSmall)),
    (Error::BadStep, |w| create(w, Terms { step: 0, ..w.terms() }, Error::BadStep)),
    (Error::TransferMismatch, |w| {
        let token = Token::new(&w.e);
        token.mint(&w.maker, 5_000);
        token.is(Mood::TakesAFee);
        create(w, Terms { token: token.address, ..w.terms() }, Error::TransferMismatch);
    }),
    (Error::WrongPrize, |w| {
        refused(w.client().try_create_challenge(&w.maker, &w.terms(), &1_999, &0), Error::WrongPrize);
    }),
    (Error::NoChallenge, |w| refused(w.client().try_close(&1), Error::NoChallenge)),
    (Error::NotAccepted, |w| submit(w, w.create(&w.terms(), 2_000, 0), &w.solver(), 1, Error::NotAccepted)),
    (Error::AlreadyAccepted, |w| accept(w, w.open(&w.terms()), 0, 1, 9, Error::AlreadyAccepted)),
    (Error::AcceptTooLate, |w| {
        let terms = w.terms();
        let id = w.create(&terms, 2_000, 0);
        w.go_to(terms.accept_by);
        accept(w, id, 0, 1, 9, Error::AcceptTooLate);
    }),
    (Error::KeyNotMade, |w| accept(w, w.create(&w.terms(), 2_000, 0), 1, 1, 0, Error::KeyNotMade)),
    (Error::BadShares, |w| accept(w, w.create(&w.terms(), 2_000, 0), 0, 1, 0, Error::BadShares)),
    (Error::WrongKey, |w| {
        let id = w.create(&w.terms(), 2_000, 0);
        w.accept_by(id, 0);
        accept(w, id, 1, 1, 0, Error::WrongKey);
    }),
    (Error::Cancelled, |w| {
        let id = w.create(&w.terms(), 2_000, 0);
        w.client().cancel(&id);
        refused(w.client().try_close(&id), Error::Cancelled);
    }),
    (Error::CannotCancel, |w| refused(w.client().try_cancel(&w.open(&w.terms())), Error::CannotCancel)),
    (Error::EscrowNotTakenHere, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_top_up(&w.maker, &id, &1, &0), Error::EscrowNotTakenHere);
    }),
];
