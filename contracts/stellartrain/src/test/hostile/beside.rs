//! Whatever a token does, challenges in other tokens keep their money and run on.
use super::*;
use soroban_sdk::{vec, Symbol};

fn every_mood(h: &Hostile) -> std::vec::Vec<Mood> {
    let (e, close) = (&h.w.e, Symbol::new(&h.w.e, "close"));
    std::vec![
        Mood::Kind,
        Mood::Fails,
        Mood::FailsAs(605),
        Mood::Panics,
        Mood::TakesAFee,
        Mood::Gives,
        Mood::Swallows,
        Mood::Lies,
        Mood::CallsBack(close.clone(), vec![e]),
        Mood::Tries(close, vec![e]),
        Mood::Answers,
        Mood::Garbage,
        Mood::Reports(0),
        Mood::Reports(i128::MAX),
    ]
}

#[test]
fn an_honest_challenge_is_paid_to_the_last_unit() {
    let moods = every_mood(&Hostile::new()).len();
    for at in 0..moods {
        let h = Hostile::new();
        let w = &h.w;
        let (bad, good) = (w.open(&h.terms), w.open(&w.terms()));
        let (a, b, late) = (h.work(bad), w.work(good), w.work(good));
        h.token.is(every_mood(&h).swap_remove(at));
        let _ = w.client().try_submit(&h.solver(), &bad, &1, &w.cid(9), &w.bytes(0), &0, &0);
        let _ = w.client().try_top_up(&w.maker, &bad, &0, &7);
        w.grade(bad, &[w.scored(&a, 60, 1)]);
        w.grade(good, &[w.scored(&b, 60, 1)]);
        assert_eq!(w.balance(&b.solver), 2_000);
        w.check();
        w.go_to(h.terms.grade_by);
        let _ = w.client().try_close(&bad);
        let _ = w.client().try_release_payment(&bad, &a.solver, &1);
        let _ = w.client().try_withdraw_fees(&w.oracles[0], &bad);
        w.check();
        assert_eq!((w.client().close(&good), w.release(good, &late)), (1_000 + 980, 20));
        assert_eq!((w.client().close(&good), w.client().withdraw_fees(&w.oracles[0], &good)), (10, 5));
        assert_eq!(w.client().withdraw_fees(&w.oracles[1], &good), 5);
        assert_eq!(w.balance(&w.contract), 0);
    }
}

#[test]
fn two_challenges_in_one_token_do_not_pay_for_each_other() {
    let h = Hostile::new();
    let w = &h.w;
    let (one, two) = (w.open(&h.terms), w.open(&h.terms));
    let (a, b) = (h.work(one), h.work(two));
    w.grade(one, &[w.scored(&a, 60, 1)]);
    w.go_to(h.terms.deadline);
    assert_eq!(w.client().close(&one), 1_000 + 990);
    assert_eq!(total(&w.state(two)), 2_000 + 1_000 + 20);
    w.grade(two, &[w.scored(&b, 60, 1)]);
    assert_eq!(h.token.balance(&b.solver), 2_000);
    h.check();
}

#[test]
fn tokens_sent_by_accident_belong_to_no_challenge() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    w.fund(&w.contract, 777);
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 3_000);
    assert_eq!(w.balance(&w.contract), 777);
}
