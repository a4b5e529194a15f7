//! Each call that needs somebody's consent is refused without it, and asks for exactly that.
extern crate std;
use super::world::World;
use crate::types::{Payout, Terms};
use soroban_sdk::testutils::{AuthorizedFunction, AuthorizedInvocation, MockAuth, MockAuthInvoke};
use soroban_sdk::{symbol_short, vec, Address, IntoVal, String, Symbol, Val, Vec};

/// Calls with nobody's consent, or with somebody else's: the last argument says whether it went through.
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

#[test]
fn the_wrong_party_gets_nowhere() {
    let w = World::new();
    let e = &w.e;
    let id = w.open(&w.terms());
    let fresh = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &0);
    let work = w.work(id);
    let votes = vec![e, w.scored(&work, 60, 1)];
    let url = String::from_str(e, "");
    let (maker, oracle, solver) = (&w.maker, &w.oracles[0], &w.solver());
    let ranking: Vec<crate::types::RankingRow> = vec![e];
    let calls: [(&str, &Address, Vec<Val>); 10] = [
        ("register_oracle", oracle, (oracle, w.bytes(1), url, w.cid(1)).into_val(e)),
        ("create_challenge", maker, (maker, w.terms(), 0i128).into_val(e)),
        ("accept_challenge", oracle, (oracle, fresh).into_val(e)),
        ("top_up", solver, (solver, id, 0i128, 5i128).into_val(e)),
        ("cancel", maker, (fresh,).into_val(e)),
        ("submit", solver, (solver, id, 1u32, w.cid(9), 0u32, 0i128).into_val(e)),
        ("post_scores", oracle, (oracle, id, w.cid(8), votes, true).into_val(e)),
        ("post_ranking", oracle, (oracle, id, w.cid(8), ranking).into_val(e)),
        ("post_earnings", oracle, (oracle, id, 1u32, w.bytes(1), 1i128, w.cid(8)).into_val(e)),
        ("reveal", maker, (maker, id, w.cid(1)).into_val(e)),
    ];
    for (name, owner, args) in &calls {
        assert!(!passes(&w, None, name, args.clone()), "{name} without consent");
        for other in [maker, oracle, solver, &w.oracles[1]].into_iter().filter(|other| other != owner) {
            assert!(!passes(&w, Some(other), name, args.clone()), "{name} by somebody else");
        }
    }
    // The same call with its owner's consent passes, where no transfer has to be signed as well.
    assert!(passes(&w, Some(oracle), "accept_challenge", (oracle, fresh).into_val(e)));
    assert!(passes(&w, Some(maker), "cancel", (fresh,).into_val(e)));
    w.check();
}

#[test]
fn what_anybody_may_do_needs_nobody() {
    let w = World::new();
    let id = w.open(&w.terms());
    let unwanted = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &0);
    let (a, b) = (w.work(id), w.work(id));
    for oracle in 0..2 {
        w.post(id, oracle, &[w.scored(&a, 60, 1)], false);
    }
    let nobody = |name: &str, args: Vec<Val>| passes(&w, None, name, args);
    assert!(nobody("settle", (id, w.settlements(&[&a])).into_val(&w.e)));
    assert!(nobody("withdraw_fees", (&w.oracles[0], id).into_val(&w.e)));
    let names: Vec<crate::types::SubmissionId> = vec![&w.e];
    assert!(nobody("extend", (id, names).into_val(&w.e)));
    assert!(!nobody("cancel", (unwanted,).into_val(&w.e)));
    w.go_to(w.terms().grade_by);
    assert!(nobody("cancel", (unwanted,).into_val(&w.e)));
    assert!(nobody("release_payment", (id, &b.solver, b.attempt).into_val(&w.e)));
    assert!(nobody("close", (id,).into_val(&w.e)));
    w.check();
}

#[test]
fn rankings_and_epochs_are_the_oracles_own() {
    let w = World::new();
    let e = &w.e;
    let prizes = crate::types::Ranked { prizes: vec![e, 500] };
    let ranked = Terms { payout: Payout::Ranked(prizes), ..w.terms() };
    let earned = Terms { payout: Payout::Earnings, deposit: 0, silence_share: 0, ..w.terms() };
    let (ranking, earnings) = (w.open(&ranked), w.open(&earned));
    let labeler = w.solver();
    let leaf = super::earnings::tree::leaf(&w.contract, earnings, 1, &labeler, 50);
    let root = soroban_sdk::BytesN::from_array(e, &leaf);
    w.go_to(ranked.deadline);
    let rows: Vec<crate::types::RankingRow> = vec![e];
    let ranks = |oracle: &Address| (oracle, ranking, w.cid(8), rows.clone()).into_val(e);
    let earns = |oracle: &Address| (oracle, earnings, 1u32, root.clone(), 50i128, w.cid(8)).into_val(e);
    type Call<'a> = (&'a str, &'a dyn Fn(&Address) -> Vec<Val>);
    let calls: [Call; 2] = [("post_ranking", &ranks), ("post_earnings", &earns)];
    for (name, own) in calls {
        for (at, oracle) in w.oracles[..2].iter().enumerate() {
            assert!(!passes(&w, None, name, own(oracle)), "{name} without consent");
            for other in [&w.maker, &labeler, &w.oracles[1 - at], &w.oracles[2]] {
                assert!(!passes(&w, Some(other), name, own(oracle)), "{name} by somebody else");
            }
            assert!(passes(&w, Some(oracle), name, own(oracle)), "{name} by its oracle");
        }
        // Whoever is no oracle of the challenge gets nowhere with its own consent.
        assert!(!passes(&w, Some(&w.maker), name, own(&w.maker)), "{name} by the maker");
    }
    let proof: Vec<soroban_sdk::BytesN<32>> = vec![e];
    assert!(passes(&w, None, "claim", (earnings, 1u32, &labeler, 50i128, proof).into_val(e)), "a claim by anybody");
    assert_eq!(w.balance(&labeler), 1_050);
    assert!(passes(&w, None, "close", (ranking,).into_val(e)));
    w.check();
}

/// Consent to a call is consent to these arguments.
#[test]
fn a_consent_cannot_be_used_for_another_call() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (solver, e) = (w.solver(), &w.e);
    let signed: Vec<Val> = (&solver, id, 1u32, w.cid(9), 0u32, 0i128).into_val(e);
    let other: Vec<Val> = (&solver, id, 1u32, w.cid(7), 0u32, 0i128).into_val(e);
    let invoke = MockAuthInvoke { contract: &w.contract, fn_name: "submit", args: signed, sub_invokes: &[] };
    e.mock_auths(&[MockAuth { address: &solver, invoke: &invoke }]);
    let result = e.try_invoke_contract::<Val, soroban_sdk::Error>(&w.contract, &Symbol::new(e, "submit"), other);
    assert!(result.is_err());
    assert_eq!(w.client().state(&id).submitted, 0);
}

#[test]
fn a_solver_signs_for_the_deposit_and_the_carry_and_nothing_else() {
    let w = World::new();
    let id = w.open(&w.terms());
    let solver = w.solver();
    w.client().submit(&solver, &id, &1, &w.cid(9), &0, &10);
    let transfer = AuthorizedInvocation {
        function: AuthorizedFunction::Contract((
            w.asset.clone(),
            symbol_short!("transfer"),
            (&solver, &w.contract, 30i128).into_val(&w.e),
        )),
        sub_invocations: std::vec![],
    };
    let submit = AuthorizedInvocation {
        function: AuthorizedFunction::Contract((
            w.contract.clone(),
            symbol_short!("submit"),
            (&solver, id, 1u32, w.cid(9), 0u32, 10i128).into_val(&w.e),
        )),
        sub_invocations: std::vec![transfer],
    };
    assert_eq!(w.e.auths(), [(solver, submit)]);
}
