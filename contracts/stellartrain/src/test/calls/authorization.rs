//! Each call that needs someone's consent is refused without it, and asks for exactly that.
extern crate std;
use crate::test::tree::Tree;
use crate::test::world::World;
use crate::types::*;
use soroban_sdk::testutils::{AuthorizedFunction, AuthorizedInvocation, MockAuth, MockAuthInvoke};
use soroban_sdk::{symbol_short, vec, Address, Bytes, IntoVal, String, Symbol, Val, Vec};

/// Calls with nobody's consent, or with one address's: whether it went through.
fn passes(w: &World, by: Option<&Address>, name: &str, args: Vec<Val>) -> bool {
    let invoke = MockAuthInvoke { contract: &w.contract, fn_name: name, args: args.clone(), sub_invokes: &[] };
    match by {
        Some(address) => w.e.mock_auths(&[MockAuth { address, invoke: &invoke }]),
        None => w.e.mock_auths(&[]),
    }
    let function = Symbol::new(&w.e, name);
    let result = w.e.try_invoke_contract::<Val, soroban_sdk::Error>(&w.contract, &function, args);
    w.e.mock_all_auths();
    result.is_ok()
}

/// Nobody's consent is not enough, nor anyone else's.
#[track_caller]
fn belongs_to(w: &World, owner: &Address, name: &str, args: &Vec<Val>) {
    assert!(!passes(w, None, name, args.clone()), "{name} without consent");
    let others = [&w.maker, &w.judge, &w.oracles[0], &w.oracles[1], &w.solver()];
    for other in others.into_iter().filter(|other| *other != owner) {
        assert!(!passes(w, Some(other), name, args.clone()), "{name} by someone else");
    }
}

#[test]
fn the_wrong_party_gets_nowhere() {
    let w = World::new();
    let e = &w.e;
    let terms = w.judged(w.terms());
    let id = w.open(&terms);
    let fresh = w.create(&terms, 2_000, 0);
    let work = w.work(id);
    let votes = vec![e, w.scored(&work, 60, 1)];
    let url = String::from_str(e, "");
    let (maker, oracle, solver) = (&w.maker, &w.oracles[0], &w.solver());
    let calls: [(&str, &Address, Vec<Val>); 8] = [
        ("register_oracle", oracle, (oracle, w.bytes(1), url, w.cid(1)).into_val(e)),
        ("create_challenge", maker, (maker, &terms, 2_000i128, 0i128).into_val(e)),
        ("accept_challenge", oracle, (oracle, fresh, w.bytes(99), w.shares(0)).into_val(e)),
        ("top_up", solver, (solver, id, 0i128, 5i128).into_val(e)),
        ("cancel", maker, (fresh,).into_val(e)),
        ("submit", solver, (solver, id, 1u32, w.cid(9), w.bytes(0), 0u32, 0i128).into_val(e)),
        ("post_scores", oracle, (oracle, id, w.cid(8), votes.clone(), true).into_val(e)),
        ("reveal", maker, (maker, id, w.cid(1)).into_val(e)),
    ];
    for (name, owner, args) in &calls {
        belongs_to(&w, owner, name, args);
    }
    // The same call with its owner's consent passes, where no transfer has to be signed as well.
    let own = |at: usize| passes(&w, Some(calls[at].1), calls[at].0, calls[at].2.clone());
    assert!([0, 2, 4, 6].map(own).iter().all(|passed| *passed));
    w.go_to(terms.grade_by);
    let unvoted = (&w.judge, id, w.cid(6), votes).into_val(e);
    belongs_to(&w, &w.judge, "rule", &unvoted);
    assert!(passes(&w, Some(&w.judge), "rule", unvoted));
    w.check();
}

#[test]
fn rankings_and_epochs_belong_to_their_oracles_and_the_judge() {
    let w = World::new();
    let e = &w.e;
    let terms = w.judged(w.ranked(&[500]));
    let (ranking, earnings) = (w.open(&terms), w.open(&w.earnings()));
    let labeler = w.solver();
    let tree = Tree::of(&w.contract, earnings, 1, &[(&labeler, 50)]);
    let (left, right) = tree.children(e);
    w.go_to(terms.deadline);
    let rows: Vec<RankingRow> = vec![e];
    let ranks = |by: &Address| (by, ranking, w.cid(8), rows.clone()).into_val(e);
    let earns = |by: &Address| (by, earnings, 1u32, left.clone(), right.clone(), w.cid(8)).into_val(e);
    for oracle in &w.oracles[..2] {
        belongs_to(&w, oracle, "post_earnings", &earns(oracle));
        belongs_to(&w, oracle, "post_ranking", &ranks(oracle));
        assert!(passes(&w, Some(oracle), "post_earnings", earns(oracle)));
    }
    // Whoever is no oracle of the challenge gets nowhere with its own consent, and the judge not before its time.
    for stranger in [&w.maker, &w.judge, &w.oracles[3]] {
        assert!(!passes(&w, Some(stranger), "post_earnings", earns(stranger)));
        assert!(!passes(&w, Some(stranger), "post_ranking", ranks(stranger)));
    }
    let claim = (earnings, 1u32, &labeler, 50i128, tree.proof(e, 0)).into_val(e);
    assert!(passes(&w, None, "claim", claim), "a claim by anyone");
    assert_eq!(w.balance(&labeler), 1_050);
    w.go_to(terms.grade_by);
    belongs_to(&w, &w.judge, "post_ranking", &ranks(&w.judge));
    assert!(passes(&w, Some(&w.judge), "post_ranking", ranks(&w.judge)));
    w.check();
}

#[test]
fn what_anyone_may_do_needs_no_consent() {
    let w = World::new();
    let terms = w.terms();
    let (id, unwanted) = (w.open(&terms), w.create(&terms, 2_000, 0));
    let (a, b) = (w.work(id), w.work(id));
    for oracle in 0..2 {
        w.post(id, oracle, &[w.scored(&a, 60, 1)], false);
    }
    let nobody = |name: &str, args: Vec<Val>| passes(&w, None, name, args);
    assert!(nobody("settle", (id, w.settlements(&[&a])).into_val(&w.e)));
    assert!(nobody("withdraw_fees", (&w.oracles[0], id).into_val(&w.e)));
    let names: Vec<SubmissionId> = vec![&w.e];
    assert!(nobody("extend", (id, names).into_val(&w.e)));
    assert!(!nobody("cancel", (unwanted,).into_val(&w.e)));
    w.go_to(terms.accept_by);
    assert!(nobody("cancel", (unwanted,).into_val(&w.e)));
    w.go_to(terms.grade_by);
    assert!(nobody("release_payment", (id, &b.solver, b.attempt).into_val(&w.e)));
    assert!(nobody("close", (id,).into_val(&w.e)));
    w.check();
}

/// Consent to a call is consent to these arguments.
#[test]
fn a_consent_cannot_be_used_for_another_call() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (solver, e) = (w.solver(), &w.e);
    let call = |cid: u8, commitment: u8| -> Vec<Val> {
        (&solver, id, 1u32, w.cid(cid), w.bytes(commitment), 0u32, 0i128).into_val(e)
    };
    for other in [call(7, 0), call(9, 1)] {
        let invoke = MockAuthInvoke { contract: &w.contract, fn_name: "submit", args: call(9, 0), sub_invokes: &[] };
        e.mock_auths(&[MockAuth { address: &solver, invoke: &invoke }]);
        let name = Symbol::new(e, "submit");
        assert!(e.try_invoke_contract::<Val, soroban_sdk::Error>(&w.contract, &name, other).is_err());
    }
    assert_eq!(w.state(id).submitted, 0);
}

#[test]
fn a_solver_signs_for_the_deposit_and_the_carry_and_nothing_else() {
    let w = World::new();
    let id = w.open(&w.terms());
    let solver = w.solver();
    w.client().submit(&solver, &id, &1, &w.cid(9), &w.bytes(3), &0, &10);
    let called = |contract: &Address, name: Symbol, args: Vec<Val>, sub_invocations| AuthorizedInvocation {
        function: AuthorizedFunction::Contract((contract.clone(), name, args)),
        sub_invocations,
    };
    let args = (&solver, &w.contract, 30i128).into_val(&w.e);
    let transfer = called(&w.asset, symbol_short!("transfer"), args, std::vec![]);
    let args = (&solver, id, 1u32, w.cid(9), w.bytes(3), 0u32, 10i128).into_val(&w.e);
    let submit = called(&w.contract, symbol_short!("submit"), args, std::vec![transfer]);
    assert_eq!(w.e.auths(), [(solver, submit)]);
}

/// The key and the shares are part of what an oracle signs.
#[test]
fn an_oracle_signs_for_the_key_it_names() {
    let w = World::new();
    let id = w.create(&w.terms(), 2_000, 0);
    let (oracle, e) = (&w.oracles[0], &w.e);
    let call = |key: u8| -> Vec<Val> { (oracle, id, w.bytes(key), Bytes::from_slice(e, &[1])).into_val(e) };
    let name = Symbol::new(e, "accept_challenge");
    let args = call(1);
    let invoke = MockAuthInvoke { contract: &w.contract, fn_name: "accept_challenge", args, sub_invokes: &[] };
    e.mock_auths(&[MockAuth { address: oracle, invoke: &invoke }]);
    assert!(e.try_invoke_contract::<Val, soroban_sdk::Error>(&w.contract, &name, call(2)).is_err());
    assert_eq!((w.state(id).key, w.client().shares(&id)), (None, None));
}
