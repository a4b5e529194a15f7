//! The oracles of an epoch's quorum earn their fee, as long as the budget pays all of them.
use super::*;
use soroban_sdk::vec;

#[test]
fn each_epoch_pays_its_quorum() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let people = labelers(&w, 1);
    let tree = Tree::of(&w, id, 1, &[(&people[0], 10)]);
    post(&w, id, 2, 1, &tree, 50);
    post(&w, id, 0, 1, &Tree::of(&w, id, 1, &[(&people[0], 11)]), 50);
    assert_eq!(w.client().state(&id).fee_budget, 1_000);
    post(&w, id, 1, 1, &tree, 50);
    let state = w.client().state(&id);
    // The dissenter earns nothing.
    assert_eq!((state.fees, state.fee_budget), (vec![&w.e, 0, 5, 5], 990));
    epoch(&w, id, 2, &[(&people[0], 60)]);
    let state = w.client().state(&id);
    assert_eq!((state.fees, state.fee_budget), (vec![&w.e, 5, 10, 5], 980));
    assert_eq!(w.client().withdraw_fees(&w.oracles[1], &id), 10);
    w.check();
}

#[test]
fn a_budget_that_does_not_pay_all_of_them_pays_nobody_and_holds_up_nothing() {
    let w = World::new();
    let id = w.client().create_challenge(&w.maker, &terms(&w), &10_000, &19);
    w.accept(id);
    let people = labelers(&w, 1);
    for (number, budget, each) in [(1, 9, 5), (2, 9, 5)] {
        epoch(&w, id, number, &[(&people[0], 10 * i128::from(number))]);
        let state = w.client().state(&id);
        assert_eq!((state.fee_budget, state.fees), (budget, vec![&w.e, each, each, 0]));
    }
    w.client().top_up(&w.maker, &id, &0, &1);
    epoch(&w, id, 3, &[(&people[0], 30)]);
    assert_eq!(w.client().state(&id).fees, vec![&w.e, 10, 10, 0]);
    w.check();
}

#[test]
fn without_a_fee_nothing_is_counted() {
    let w = World::new();
    let id = w.open(&Terms { oracle_fee: 0, ..terms(&w) });
    epoch(&w, id, 1, &[(&labelers(&w, 1)[0], 10)]);
    assert_eq!((w.client().state(&id).fees, w.client().state(&id).fee_budget), (vec![&w.e, 0, 0, 0], 1_000));
    w.check();
}
