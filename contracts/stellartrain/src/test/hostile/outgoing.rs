//! A payment that fails is held, fails nothing else, and is paid once.
use super::*;

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
        assert_eq!((w.view(id, &a).flags, w.view(id, &b).flags), (3, 2), "{mood:?}");
        h.check();
        assert!(w.client().try_release_payment(&id, &a.solver, &1).is_err());
        assert_eq!(w.view(id, &a).flags, 3);
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
        assert_eq!((h.token.balance(&a.solver), w.view(id, &a).flags), (2_000, 4));
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
    assert_eq!((w.view(id, &a).flags, w.client().owed(&id, &a.solver, &1)), (4, 0));
    h.token.is(Mood::Kind);
    assert!(w.client().try_release_payment(&id, &a.solver, &1).is_err());
    assert_eq!(h.token.balance(&w.contract), total(&w.client().state(&id)) + 1_020);
}

#[test]
fn every_other_way_out_fails_whole_and_can_be_called_again() {
    let h = Hostile::new();
    let w = &h.w;
    let (id, unwanted) = (w.open(&h.terms), w.client().create_challenge(&w.maker, &h.terms, &2_000, &0));
    let a = h.work(id);
    w.grade(id, &[w.scored(&a, 60, 1)]);
    let earnings = w.open(&Terms { payout: Payout::Earnings, deposit: 0, silence_share: 0, ..h.terms.clone() });
    let leaf = super::super::earnings::tree::leaf(&w.contract, earnings, 1, &a.solver, 70);
    let root = soroban_sdk::BytesN::from_array(&w.e, &leaf);
    for oracle in 0..2 {
        w.client().post_earnings(&w.oracles[oracle], &earnings, &1, &root, &100, &w.cid(8));
    }
    w.go_to(h.terms.grade_by);
    h.token.is(Mood::Fails);
    let states = || [id, unwanted, earnings].map(|id| (w.client().state(&id), w.client().earnings(&id)));
    let before = states();
    let proof = soroban_sdk::vec![&w.e];
    assert!(w.client().try_cancel(&unwanted).is_err());
    assert!(w.client().try_close(&id).is_err());
    assert!(w.client().try_withdraw_fees(&w.oracles[0], &id).is_err());
    assert!(w.client().try_claim(&earnings, &1, &a.solver, &70, &proof).is_err());
    assert_eq!(states(), before);
    h.token.is(Mood::Kind);
    assert_eq!((w.client().cancel(&unwanted), w.client().close(&id)), (2_000, 1_990));
    assert_eq!(w.client().withdraw_fees(&w.oracles[0], &id), 5);
    assert_eq!(w.client().claim(&earnings, &1, &a.solver, &70, &proof), 70);
    h.check();
}
