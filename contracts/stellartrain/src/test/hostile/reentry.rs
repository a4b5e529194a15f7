//! A token that calls back into any entry point is refused there, and changes nothing by trying.
use super::*;
use soroban_sdk::{vec, Env, IntoVal, String, Symbol, Val, Vec};

/// Sound arguments for every entry point of a world with challenge 1, work 1 in it, and challenge 2 not accepted.
fn calls(w: &World, work: &Work) -> std::vec::Vec<(&'static str, Vec<Val>)> {
    let e: &Env = &w.e;
    let (maker, oracle, solver) = (&w.maker, &w.oracles[0], &work.solver);
    let name = SubmissionId { solver: solver.clone(), attempt: 1 };
    let names: Vec<SubmissionId> = vec![e, name];
    let votes: Vec<Vote> = vec![e, w.scored(work, 60, 1)];
    let rows: Vec<RankingRow> = vec![e];
    let proof: Vec<Sibling> = vec![e];
    let branch = Branch { hash: w.bytes(1), sum: 1 };
    std::vec![
        ("register_oracle", (maker, w.bytes(1), String::from_str(e, ""), w.cid(1)).into_val(e)),
        ("create_challenge", (maker, w.terms(), 2_000i128, 0i128).into_val(e)),
        ("accept_challenge", (oracle, 2u32, w.bytes(99), w.shares(0)).into_val(e)),
        ("top_up", (maker, 1u32, 0i128, 1i128).into_val(e)),
        ("cancel", (2u32,).into_val(e)),
        ("submit", (solver, 1u32, 2u32, w.cid(9), w.bytes(0), 0u32, 10i128).into_val(e)),
        ("post_scores", (oracle, 1u32, w.cid(8), votes.clone(), true).into_val(e)),
        ("rule", (&w.judge, 1u32, w.cid(8), votes).into_val(e)),
        ("settle", (1u32, w.settlements(&[work])).into_val(e)),
        ("post_ranking", (oracle, 1u32, w.cid(8), rows).into_val(e)),
        ("post_earnings", (oracle, 1u32, 1u32, branch.clone(), branch, w.cid(8)).into_val(e)),
        ("claim", (1u32, 1u32, solver, 1i128, proof).into_val(e)),
        ("release_payment", (1u32, solver, 1u32).into_val(e)),
        ("reveal", (maker, 1u32, w.cid(1)).into_val(e)),
        ("withdraw_fees", (oracle, 1u32).into_val(e)),
        ("close", (1u32,).into_val(e)),
        ("extend", (1u32, names.clone()).into_val(e)),
        ("config", vec![e]),
        ("challenges", vec![e]),
        ("challenge", (1u32,).into_val(e)),
        ("state", (1u32,).into_val(e)),
        ("board", (1u32,).into_val(e)),
        ("submission", (1u32, solver, 1u32).into_val(e)),
        ("submissions", (1u32, names).into_val(e)),
        ("outcome", (1u32, solver, 1u32).into_val(e)),
        ("earnings", (1u32,).into_val(e)),
        ("epoch", (1u32, 1u32).into_val(e)),
        ("claimed", (1u32, solver).into_val(e)),
        ("shares", (1u32,).into_val(e)),
        ("phase", (1u32,).into_val(e)),
        ("attempts", (1u32, solver).into_val(e)),
        ("oracle", (oracle,).into_val(e)),
        ("oracle_key", (oracle, 1u32).into_val(e)),
        ("revealed", (1u32, maker).into_val(e)),
        ("maker", (maker,).into_val(e)),
        ("owed", (1u32, solver, 1u32).into_val(e)),
        ("__constructor", (1u64, 1u64).into_val(e)),
    ]
}

fn prepared() -> (Hostile, u32, Work) {
    let h = Hostile::new();
    let id = h.w.open(&h.terms);
    h.w.client().create_challenge(&h.w.maker, &h.terms, &2_000, &0);
    let work = h.work(id);
    (h, id, work)
}

#[test]
fn the_list_is_complete() {
    let (h, _, work) = prepared();
    let listed: std::vec::Vec<&str> = calls(&h.w, &work).iter().map(|(name, _)| *name).collect();
    let declared = include_str!("../../contract.rs").lines().filter_map(|line| line.strip_prefix("    pub fn "));
    for name in declared.filter_map(|rest| rest.split('(').next()) {
        assert!(listed.contains(&name), "{name} is not called back");
    }
}

#[test]
fn while_a_batch_is_paid() {
    let count = {
        let (h, _, work) = prepared();
        calls(&h.w, &work).len()
    };
    for at in 0..count {
        let (h, id, work) = prepared();
        let (name, args) = calls(&h.w, &work).swap_remove(at);
        h.token.is(Mood::Tries(Symbol::new(&h.w.e, name), args));
        h.w.grade(id, &[h.w.scored(&work, 60, 1)]);
        assert_eq!(h.token.answered(), 2, "{name} was let in");
        assert_eq!((h.token.balance(&work.solver), h.w.view(id, &work).flags), (2_000, PRIZE_PAID), "{name}");
        assert_eq!((h.w.client().challenges(), h.w.state(id).submitted), (2, 1));
        h.check();
    }
}

#[test]
fn while_a_deposit_is_taken() {
    let (h, id, work) = prepared();
    let solver = h.solver();
    for (attempt, (name, args)) in calls(&h.w, &work).into_iter().enumerate() {
        // A call back that must go through fails the whole call.
        let submitted = h.w.state(id).submitted;
        h.token.is(Mood::CallsBack(Symbol::new(&h.w.e, name), args.clone()));
        let other = h.solver();
        assert!(h.w.client().try_submit(&other, &id, &1, &h.w.cid(9), &h.w.bytes(0), &0, &0).is_err(), "{name}");
        assert_eq!(h.w.state(id).submitted, submitted);
        // One that may fail does, and nothing else happens.
        if attempt < 5 {
            h.token.is(Mood::Tries(Symbol::new(&h.w.e, name), args));
            h.w.submit(id, &solver);
            assert_eq!(h.token.answered(), 2, "{name} was let in");
        }
        h.token.is(Mood::Kind);
        h.check();
    }
}

#[test]
fn while_the_maker_is_paid() {
    for name in ["close", "cancel", "release_payment", "withdraw_fees"] {
        let (h, id, work) = prepared();
        let args = calls(&h.w, &work).into_iter().find(|(other, _)| *other == name).map(|(_, args)| args);
        h.w.go_to(h.terms.grade_by);
        h.token.is(Mood::Tries(Symbol::new(&h.w.e, name), args.unwrap()));
        assert_eq!(h.w.client().close(&id), 2_000 + 990);
        assert_eq!(h.token.answered(), 2);
        h.token.is(Mood::Kind);
        h.check();
        assert_eq!(h.w.release(id, &work), 20);
        h.check();
    }
}
