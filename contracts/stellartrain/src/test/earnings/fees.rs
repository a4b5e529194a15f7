//! The oracles of an epoch's quorum share a verdict's fee if the total rose, as far as the budget goes.
use super::*;
use soroban_sdk::vec;

#[test]
fn each_epoch_that_rises_pays_its_quorum() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 1);
    let right = tree(&w, id, 1, &[(&people[0], 10)]);
    post(&w, id, 2, 1, &right);
    post(&w, id, 0, 1, &tree(&w, id, 1, &[(&people[0], 11)]));
    assert_eq!(w.state(id).purse.budget, 1_000);
    post(&w, id, 1, 1, &right);
    // The dissenter earns nothing.
    let purse = w.state(id).purse;
    assert_eq!((purse.fees, purse.budget), (vec![&w.e, 0, 5, 5], 990));
    epoch(&w, id, 2, &[(&people[0], 60)]);
    let purse = w.state(id).purse;
    assert_eq!((purse.fees, purse.budget), (vec![&w.e, 5, 10, 5], 980));
    assert_eq!(w.client().withdraw_fees(&w.oracles[1], &id), 10);
    w.check();
}

/// Otherwise a quorum could drain the budget with epochs that earn nobody anything.
#[test]
fn an_epoch_that_does_not_rise_pays_no_one() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 2);
    for number in 1..=10 {
        epoch(&w, id, number, &[(&people[0], 0)]);
    }
    assert_eq!((w.state(id).purse.budget, w.state(id).purse.fees), (1_000, vec![&w.e, 0, 0, 0]));
    epoch(&w, id, 11, &[(&people[0], 5)]);
    // Another distribution of the same total corrects, and costs nothing.
    epoch(&w, id, 12, &[(&people[1], 5)]);
    assert_eq!(w.state(id).purse.budget, 990);
    w.check();
}

#[test]
fn a_budget_that_runs_out_is_shared_equally_and_holds_up_nothing() {
    let w = World::new();
    let id = w.open_with(&w.earnings(), 10_000, 17);
    let people = labelers(&w, 1);
    for (number, budget, each) in [(1, 7, 5), (2, 1, 8), (3, 1, 8)] {
        epoch(&w, id, number, &[(&people[0], 10 * i128::from(number))]);
        let purse = w.state(id).purse;
        assert_eq!((purse.budget, purse.fees), (budget, vec![&w.e, each, each, 0]));
    }
    w.client().top_up(&w.maker, &id, &0, &1);
    epoch(&w, id, 4, &[(&people[0], 40)]);
    assert_eq!(w.state(id).purse.fees, vec![&w.e, 9, 9, 0]);
    w.check();
}

#[test]
fn without_a_fee_nothing_is_counted() {
    let w = World::new();
    let id = w.open(&Terms { oracle_fee: 0, ..w.earnings() });
    epoch(&w, id, 1, &[(&labelers(&w, 1)[0], 10)]);
    assert_eq!((w.state(id).purse.fees, w.state(id).purse.budget), (vec![&w.e, 0, 0, 0], 1_000));
    w.check();
}
