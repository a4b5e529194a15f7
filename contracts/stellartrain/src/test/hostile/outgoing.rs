//! A payment that fails is held, fails nothing else, and is paid once.
use super::*;
use crate::test::tree::Tree;

fn failing(h: &Hostile) -> std::vec::Vec<Mood> {
    let close = soroban_sdk::Symbol::new(&h.w.e, "close");
    let args = soroban_sdk::vec![&h.w.e, soroban_sdk::IntoVal::into_val(&1u32, &h.w.e)];
    std::vec![Mood::Fails, Mood::FailsAs(600), Mood::Panics, Mood::CallsBack(close, args)]
}

#[test]
fn a_failing_token_fails_no_batch() {
    for at in 0..4 {
        let h = Hostile::new();
        let mood = failing(&h).swap_remove(at);
        let w = &h.w;
        let id = w.open(&h.terms);
        let (a, b) = (h.work(id), h.work(id));
        h.token.is(mood.clone());
        w.grade(id, &[w.scored(&a, 60, 1), w.scored(&b, 10, 2)]);
        assert_eq!((w.view(id, &a).flags, w.view(id, &b).flags), (HELD, HELD), "{mood:?}");
        h.check();
        assert!(w.client().try_release_payment(&id, &a.solver, &1).is_err());
        assert_eq!(w.view(id, &a).flags, HELD);
        h.token.is(Mood::Kind);
        assert_eq!((w.release(id, &a), w.release(id, &b)), (1_020, 20));
        assert_eq!((h.token.balance(&a.solver), h.token.balance(&b.solver)), (2_000, 1_000));
        h.check();
    }
}

#[test]
fn who_is_frozen_holds_up_only_itself() {
    let h = Hostile::new();
    let w = &h.w;
    let id = w.open(&h.terms);
    let works = [h.work(id), h.work(id), h.work(id)];
    h.token.is(Mood::Freezes(works[1].solver.clone()));
    w.grade(id, &[w.scored(&works[0], 60, 1), w.scored(&works[1], 10, 2), w.scored(&works[2], 60, 3)]);
    assert_eq!([0, 1, 2].map(|i| h.token.balance(&works[i].solver)), [2_000, 980, 2_000]);
    assert_eq!(w.client().close(&id), 1_000 - 3 * 10);
    h.check();
    h.token.is(Mood::Kind);
    assert_eq!(w.release(id, &works[1]), 20);
    h.check();
}

#[test]
fn an_answer_of_any_kind_is_a_payment_made() {
    for mood in [Mood::Answers, Mood::Garbage] {
        let h = Hostile::new();
        let w = &h.w;
        let id = w.open(&h.terms);
        let a = h.work(id);
        h.token.is(mood);
        w.grade(id, &[w.scored(&a, 60, 1)]);
        assert_eq!((h.token.balance(&a.solver), w.view(id, &a).flags), (2_000, PRIZE_PAID));
        h.check();
    }
}

/// Balances are not asked for when money goes out, so lies about them change nothing.
#[test]
fn what_a_token_reports_does_not_matter_when_it_pays() {
    for mood in [Mood::Reports(0), Mood::Reports(-1), Mood::Reports(i128::MAX)] {
        let h = Hostile::new();
        let w = &h.w;
        let id = w.open(&h.terms);
        let a = h.work(id);
        h.token.is(mood);
        w.grade(id, &[w.scored(&a, 60, 1)]);
        assert_eq!(h.token.balance(&a.solver), 2_000);
        w.go_to(h.terms.deadline);
        assert_eq!(w.client().close(&id), 1_000 + 990);
        assert_eq!(w.client().withdraw_fees(&w.oracles[0], &id), 5);
        h.check();
    }
}

/// A token that says it paid and did not cheats whom it should have paid: they are not owed a second time.
#[test]
fn a_token_that_lies_has_paid_once() {
    let h = Hostile::new();
    let w = &h.w;
    let id = w.open(&h.terms);
    let a = h.work(id);
    h.token.is(Mood::Lies);
    w.grade(id, &[w.scored(&a, 60, 1)]);
    assert_eq!((w.view(id, &a).flags, w.owed(id, &a)), (PRIZE_PAID, 0));
    h.token.is(Mood::Kind);
    assert!(w.client().try_release_payment(&id, &a.solver, &1).is_err());
    assert_eq!(h.token.balance(&w.contract), total(&w.state(id)) + 1_020);
}

#[test]
fn every_other_way_out_fails_whole_and_can_be_called_again() {
    let h = Hostile::new();
    let w = &h.w;
    let (id, unwanted) = (w.open(&h.terms), w.client().create_challenge(&w.maker, &h.terms, &2_000, &0));
    let a = h.work(id);
    w.grade(id, &[w.scored(&a, 60, 1)]);
    let earnings = w.open(&Terms { token: h.token.address.clone(), ..w.earnings() });
    let tree = Tree::of(&w.contract, earnings, 1, &[(&a.solver, 70)]);
    let (left, right) = tree.children(&w.e);
    for oracle in 0..2 {
        w.client().post_earnings(&w.oracles[oracle], &earnings, &1, &left, &right, &w.cid(8));
    }
    w.go_to(h.terms.accept_by);
    h.token.is(Mood::Fails);
    let states = || [id, unwanted, earnings].map(|id| (w.state(id), w.client().earnings(&id)));
    let before = states();
    let proof = tree.proof(&w.e, 0);
    assert!(w.client().try_cancel(&unwanted).is_err());
    assert!(w.client().try_withdraw_fees(&w.oracles[0], &id).is_err());
    assert!(w.client().try_claim(&earnings, &1, &a.solver, &70, &proof).is_err());
    assert_eq!(states(), before);
    h.token.is(Mood::Kind);
    assert_eq!(w.client().cancel(&unwanted), 2_000);
    assert_eq!(w.client().withdraw_fees(&w.oracles[0], &id), 5);
    assert_eq!(w.client().claim(&earnings, &1, &a.solver, &70, &proof), 70);
    h.check();
}

/// The maker is no exception: its rest stays, its record is folded, and it is sent later.
#[test]
fn a_rest_that_cannot_be_sent_stays() {
    let h = Hostile::new();
    let w = &h.w;
    let id = w.open(&h.terms);
    w.go_to(h.terms.deadline);
    for mood in [Mood::Fails, Mood::Panics] {
        h.token.is(mood);
        assert!(w.client().try_close(&id).is_err() || w.state(id).folded);
        assert_eq!((total(&w.state(id)), w.client().maker(&w.maker).decided), (3_000, 1));
        h.check();
    }
    h.token.is(Mood::Kind);
    assert_eq!((w.client().close(&id), h.token.balance(&w.contract)), (3_000, 0));
}
