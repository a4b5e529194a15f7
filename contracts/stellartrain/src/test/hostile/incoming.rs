//! What does not arrive in full, or cannot be measured, is not taken.
use super::*;
use crate::errors::Error;

fn short() -> [Mood; 6] {
    [Mood::TakesAFee, Mood::Gives, Mood::Swallows, Mood::Lies, Mood::Reports(0), Mood::Reports(i128::MAX)]
}

fn failing() -> [Mood; 4] {
    [Mood::Fails, Mood::FailsAs(Error::NothingOwed as u32), Mood::Panics, Mood::Garbage]
}

#[test]
fn a_challenge_is_created_with_its_money_or_not_at_all() {
    let h = Hostile::new();
    let create = || h.w.client().try_create_challenge(&h.w.maker, &h.terms, &prize(&h.terms), &5);
    for mood in short() {
        h.token.is(mood);
        refused(create(), Error::TransferMismatch);
    }
    for mood in failing() {
        h.token.is(mood.clone());
        assert!(create().is_err(), "{mood:?}");
    }
    h.token.is(Mood::Kind);
    assert_eq!((h.w.client().challenges(), h.token.balance(&h.w.maker)), (0, 1_000_000));
    assert_eq!(h.w.client().maker(&h.w.maker), MakerRecord::default());
}

#[test]
fn a_submission_is_taken_with_its_deposit_or_not_at_all() {
    let h = Hostile::new();
    let id = h.w.open(&h.terms);
    let solver = h.solver();
    for mood in short().into_iter().chain(failing()) {
        h.token.is(mood.clone());
        assert!(h.w.client().try_submit(&solver, &id, &1, &h.w.cid(9), &h.w.bytes(0), &0, &10).is_err(), "{mood:?}");
        h.token.is(Mood::Kind);
        assert_eq!((h.w.state(id).submitted, h.w.client().attempts(&id, &solver).attempts), (0, 0));
        assert_eq!(h.token.balance(&solver), 1_000);
        h.check();
    }
    h.w.submit(id, &solver);
    h.check();
}

#[test]
fn money_is_added_in_full_or_not_at_all() {
    let h = Hostile::new();
    let id = h.w.open(&h.terms);
    for mood in short().into_iter().chain(failing()) {
        h.token.is(mood.clone());
        assert!(h.w.client().try_top_up(&h.w.maker, &id, &0, &50).is_err(), "{mood:?}");
        assert_eq!(h.w.state(id).purse.budget, 1_000);
        h.check();
    }
}

/// The host passes a token's own error on, with its number: below 100 it is the token's (the Stellar Asset Contract's are), so
/// the contract's begin there. A hostile token can imitate them, and nothing more.
#[test]
fn a_tokens_error_keeps_its_number_and_changes_nothing() {
    let h = Hostile::new();
    for number in [7, Error::NothingOwed as u32] {
        h.token.is(Mood::FailsAs(number));
        let result = h.w.client().try_create_challenge(&h.w.maker, &h.terms, &2_000, &0);
        assert_eq!(result, Err(Ok(soroban_sdk::Error::from_contract_error(number))));
        assert_eq!(h.w.client().challenges(), 0);
    }
    assert!(Error::NotRegistered as u32 >= 100);
}

#[test]
fn what_is_no_token_makes_no_challenge() {
    use soroban_sdk::testutils::Address as _;
    let w = World::new();
    for token in [Address::generate(&w.e), w.contract.clone(), w.maker.clone()] {
        let terms = Terms { token, ..w.terms() };
        assert!(w.client().try_create_challenge(&w.maker, &terms, &2_000, &0).is_err());
    }
    assert_eq!(w.client().challenges(), 0);
}
