//! Each call that needs somebody's consent is refused without it, and asks for exactly that.
extern crate std;
use super::world::World;
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
    let calls: [(&str, &Address, Vec<Val>); 8] = [
        ("register_oracle", oracle, (oracle, w.bytes(1), url, w.cid(1)).into_val(e)),
        ("create_challenge", maker, (maker, w.terms(), 0i128).into_val(e)),
        ("accept_challenge", oracle, (oracle, fresh).into_val(e)),
        ("top_up", solver, (solver, id, 0i128, 5i128).into_val(e)),
        ("cancel", maker, (fresh,).into_val(e)),
        ("submit", solver, (solver, id, 1u32, w.cid(9), 0u32, 0i128).into_val(e)),
        ("post_scores", oracle, (oracle, id, w.cid(8), votes, true).into_val(e)),
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
