//! A solver can receive when the batch is simulated and cannot when it is applied. (On a real ledger, with a trustline that
//! is removed in between: `contracts/client/src/races.test.ts`.)
use super::super::world::World;
use crate::types::*;
use soroban_sdk::Address;

#[test]
fn the_batch_pays_the_others_and_holds_what_it_cannot_deliver() {
    let w = World::new();
    let id = w.open(&Terms { payout: Payout::Bounty(Bounty { reward: 1_000, winners: 3 }), ..w.terms() });
    let works = [w.work(id), w.work(id), w.work(id)];
    let votes = [w.scored(&works[0], 60, 1), w.scored(&works[1], 60, 2), w.scored(&works[2], 60, 3)];
    w.post(id, 0, &votes, false);
    w.freeze(&works[1].solver, true);
    w.post(id, 1, &votes, true);
    assert_eq!([0, 1, 2].map(|i| w.balance(&works[i].solver)), [2_000, 980, 2_000]);
    assert_eq!((w.client().state(&id).status, w.client().state(&id).held), (Status::Ended, 1_000));
    w.check();
    w.freeze(&works[1].solver, false);
    assert_eq!(w.release(id, &works[1]), 1_020);
    w.check();
}

/// An account that never had a trustline for the asset.
#[test]
fn who_never_could_receive_is_held_too() {
    let w = World::new();
    let terms = Terms { deposit: 0, silence_share: 0, oracle_fee: 0, ..w.terms() };
    let id = w.open(&terms);
    let account = Address::from_str(&w.e, "GBWCVOONIMTDOXZQH7VXE7VM6NAVBPFTKEUURQUQO4NVXOSBSO4HS33K");
    let (stranger, other) = (w.submit(id, &account), w.work(id));
    w.grade(id, &[w.scored(&stranger, 60, 1), w.scored(&other, 60, 2)]);
    assert_eq!((w.view(id, &stranger).flags, w.balance(&other.solver)), (1, 2_000));
    assert!(w.client().try_release_payment(&id, &account, &1).is_err());
    assert_eq!(w.client().state(&id).held, 1_000);
    w.check();
}
