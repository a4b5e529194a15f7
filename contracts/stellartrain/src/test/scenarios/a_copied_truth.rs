//! Another maker copies a running challenge's sealed truth and commitment into a challenge of her own with the same oracle, to have
//! it opened. The truth names its maker, so the oracle does not accept; here is what the contract adds: without every
//! acceptance nothing of the copy can be used, and the commitment cannot be changed after creation.
use super::super::world::*;
use super::Stakes;
use crate::errors::Error;
use soroban_sdk::testutils::Address as _;
use soroban_sdk::Address;

#[test]
fn a_copy_that_no_oracle_accepts_opens_nothing_and_is_sent_back() {
    on_both(|w| {
        let terms = w.terms();
        let original = w.open(&terms);
        let copier = Address::generate(&w.e);
        w.fund(&copier, 2_000);
        let stakes = Stakes::of(&w, &[&copier]);
        let copy = w.client().create_challenge(&copier, &terms, &2_000, &0);
        assert_eq!(w.client().challenge(&copy).terms.truth, w.client().challenge(&original).terms.truth);
        assert_eq!(w.client().challenge(&copy).maker, copier, "whose it is, is in the ledger");
        let reveal = |by: &Address, id| w.client().try_reveal(by, &id, &w.cid(7));
        refused(reveal(&w.oracles[0], copy), Error::NotAccepted);
        refused(reveal(&copier, copy), Error::NotAccepted);
        refused(reveal(&copier, original), Error::NotYours);
        let solver = w.solver();
        let submission = w.client().try_submit(&solver, &copy, &1, &w.cid(9), &w.bytes(0), &0, &0);
        refused(submission, Error::NotAccepted);
        w.go_to(terms.accept_by);
        assert_eq!(w.client().cancel(&copy), 2_000);
        assert_eq!(stakes.profit(), 0);
        w.check();
    });
}
