//! An issuer that freezes: the contract, or one of its solvers.
use super::*;
use soroban_sdk::token::StellarAssetClient;

#[test]
fn a_frozen_contract_holds_everything_and_breaks_no_call() {
    let w = World::new();
    let (one, two) = (w.open(&w.terms()), w.open(&w.terms()));
    let a = w.work(one);
    let asset = StellarAssetClient::new(&w.e, &w.asset);
    asset.set_authorized(&w.contract, &false);
    w.grade(one, &[w.scored(&a, 60, 1)]);
    assert_eq!(w.view(one, &a).flags, 3);
    assert!(w.client().try_submit(&w.solver(), &two, &1, &w.cid(9), &0, &0).is_err());
    asset.set_authorized(&w.contract, &true);
    assert_eq!(w.release(one, &a), 1_020);
    w.check();
}

#[test]
fn a_frozen_maker_gets_the_rest_later() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let a = w.work(id);
    w.freeze(&w.maker, true);
    w.go_to(terms.grade_by);
    assert!(w.client().try_close(&id).is_err());
    // Nobody waits for the maker.
    assert_eq!(w.release(id, &a), 1_020);
    w.freeze(&w.maker, false);
    assert_eq!(w.client().close(&id), 1_000 + 1_000);
    assert_eq!(w.balance(&w.contract), 0);
}
