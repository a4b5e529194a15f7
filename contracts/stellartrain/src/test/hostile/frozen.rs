//! An issuer that freezes the contract itself. (Of a frozen solver or maker: `calls`.)
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
    assert_eq!(w.view(one, &a).flags, HELD);
    assert!(w.client().try_submit(&w.solver(), &two, &1, &w.cid(9), &w.bytes(0), &0, &0).is_err());
    asset.set_authorized(&w.contract, &true);
    assert_eq!(w.release(one, &a), 1_020);
    w.check();
}
