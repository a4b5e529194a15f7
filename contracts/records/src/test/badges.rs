//! Winners take their badges; a badge never moves, and only its owner can destroy it.
extern crate std;
use super::world::{refused, Work, World};
use crate::errors::Error;
use crate::types::{Badge, Cid, Config};
use crate::Records;
use soroban_sdk::testutils::{Address as _, AuthorizedFunction, AuthorizedInvocation, MockAuth, MockAuthInvoke};
use soroban_sdk::{vec, Address, IntoVal, String, Symbol, Val, Vec};
use stellartrain::types::{Payout, Ranked, Terms};

#[test]
fn a_winner_takes_the_badge_of_its_submission_once() {
    let w = World::new();
    let (first, work) = (w.winner(), w.winner());
    assert_eq!((w.mint(&first), w.mint(&work)), (1, 2));
    let Work { challenge, solver, attempt, number } = work.clone();
    let badge = Badge { challenge, number, solver, attempt, score: 60, prize: 1_000, token: w.asset.clone() };
    assert_eq!(w.client().badge(&2), badge);
    assert_eq!((w.client().owner_of(&2), w.client().balance(&work.solver)), (work.solver.clone(), 1));
    assert_eq!(w.client().badge_of(&work.challenge, &work.solver, &1), Some(2));
    assert_eq!(w.client().badges(), 2);
    refused(w.client().try_mint(&work.challenge, &work.solver, &1), Error::AlreadyMinted);
}

#[test]
fn without_a_prize_there_is_no_badge() {
    let w = World::new();
    let work = w.work(w.open(&w.terms()));
    w.score(&work, 49, 1);
    refused(w.client().try_mint(&work.challenge, &work.solver, &1), Error::NothingWon);
    assert_eq!((w.client().badges(), w.client().badge_of(&work.challenge, &work.solver, &1)), (0, None));
}

#[test]
fn a_prize_of_a_ranking_is_won_with_the_ranking() {
    let w = World::new();
    let payout = Payout::Ranked(Ranked { prizes: vec![&w.e, 700, 300] });
    let terms = Terms { payout, ..w.terms() };
    let id = w.open(&terms);
    let (second, first, low) = (w.work(id), w.work(id), w.work(id));
    w.score(&second, 60, 1);
    w.score(&first, 70, 2);
    w.score(&low, 10, 3);
    w.go_to(terms.deadline);
    refused(w.client().try_mint(&id, &first.solver, &1), Error::NotFinal);
    refused(w.client().try_fold(&id, &low.solver, &1), Error::NotFinal);
    w.rank(id, &[(&first, 70), (&second, 60)]);
    assert_eq!((w.mint(&first), w.mint(&second)), (1, 2));
    assert_eq!((w.client().badge(&1).prize, w.client().badge(&2).prize), (700, 300));
    assert_eq!((w.fold(&first).wins, w.fold(&low).wins), (1, 0));
    refused(w.client().try_mint(&id, &low.solver, &1), Error::NothingWon);
}

/// Calls with nobody's consent, or with somebody's: whether it went through.
fn passes(w: &World, by: Option<&Address>, name: &str, args: Vec<Val>) -> bool {
    let invoke = MockAuthInvoke { contract: &w.records, fn_name: name, args: args.clone(), sub_invokes: &[] };
    match by {
        Some(address) => w.e.mock_auths(&[MockAuth { address, invoke: &invoke }]),
        None => w.e.mock_auths(&[]),
    }
    let result = w.e.try_invoke_contract::<Val, soroban_sdk::Error>(&w.records, &Symbol::new(&w.e, name), args);
    w.e.mock_all_auths();
    result.is_ok()
}

#[test]
fn nobody_else_can_mint_or_burn() {
    let w = World::new();
    let (work, other) = (w.winner(), w.winner());
    let mint: Vec<Val> = (work.challenge, &work.solver, work.attempt).into_val(&w.e);
    assert!(!passes(&w, None, "mint", mint.clone()));
    assert!(!passes(&w, Some(&other.solver), "mint", mint.clone()));
    assert!(!passes(&w, Some(&w.oracle), "mint", mint.clone()));
    assert!(passes(&w, Some(&work.solver), "mint", mint));
    let burn: Vec<Val> = (&work.solver, 1u32).into_val(&w.e);
    assert!(!passes(&w, None, "burn", burn.clone()));
    assert!(!passes(&w, Some(&other.solver), "burn", burn.clone()));
    assert!(!passes(&w, Some(&other.solver), "burn", (&other.solver, 1u32).into_val(&w.e)));
    assert_eq!(w.client().owner_of(&1), work.solver);
    assert!(passes(&w, Some(&work.solver), "burn", burn));
}

#[test]
fn a_winner_signs_for_the_badge_and_nothing_else() {
    let w = World::new();
    let work = w.winner();
    w.mint(&work);
    let function =
        (w.records.clone(), Symbol::new(&w.e, "mint"), (work.challenge, &work.solver, work.attempt).into_val(&w.e));
    let mint = AuthorizedInvocation { function: AuthorizedFunction::Contract(function), sub_invocations: std::vec![] };
    assert_eq!(w.e.auths(), [(work.solver.clone(), mint)]);
}

#[test]
fn a_badge_never_moves() {
    let w = World::new();
    let (owner, thief) = (w.winner().solver, Address::generate(&w.e));
    let work = w.winner();
    w.mint(&work);
    let c = w.client();
    for token_id in [1, 9] {
        refused(c.try_transfer(&work.solver, &thief, &token_id), Error::NotTransferable);
        refused(c.try_transfer_from(&thief, &work.solver, &owner, &token_id), Error::NotTransferable);
        refused(c.try_approve(&work.solver, &thief, &token_id, &2_000), Error::NotTransferable);
    }
    refused(c.try_approve_for_all(&work.solver, &thief, &2_000), Error::NotTransferable);
    assert_eq!((c.get_approved(&1), c.is_approved_for_all(&work.solver, &thief)), (None, false));
    assert_eq!((c.owner_of(&1), c.balance(&thief)), (work.solver, 0));
}

#[test]
fn what_was_burned_is_gone_for_good() {
    let w = World::new();
    let (work, other) = (w.winner(), w.winner());
    assert_eq!((w.mint(&work), w.mint(&other)), (1, 2));
    refused(w.client().try_burn(&other.solver, &1), Error::NotYourBadge);
    w.client().burn(&work.solver, &1);
    refused(w.client().try_burn(&work.solver, &1), Error::NoBadge);
    refused(w.client().try_mint(&work.challenge, &work.solver, &1), Error::AlreadyMinted);
    assert_eq!((w.client().balance(&work.solver), w.client().badges()), (0, 2));
    assert_eq!(w.client().badge_of(&work.challenge, &work.solver, &1), Some(1));
    // Neither does it touch the record, nor the other badge.
    assert_eq!(w.fold(&work).wins, 1);
    assert_eq!(w.client().owner_of(&2), other.solver);
}

#[test]
fn an_unknown_badge_is_refused_by_every_view() {
    let w = World::new();
    refused(w.client().try_badge(&1), Error::NoBadge);
    refused(w.client().try_owner_of(&1), Error::NoBadge);
    refused(w.client().try_get_approved(&1), Error::NoBadge);
    refused(w.client().try_token_uri(&1), Error::NoBadge);
    refused(w.client().try_metadata(&1), Error::NoBadge);
    refused(w.client().try_burn(&w.maker, &1), Error::NoBadge);
}

#[test]
fn wallets_see_a_token_with_a_name() {
    let w = World::new();
    assert_eq!(w.client().name(), String::from_str(&w.e, "StellarTrain badges"));
    assert_eq!(w.client().symbol(), String::from_str(&w.e, "STBADGE"));
    let image = Cid { codec: 0x55, digest: w.bytes(7) };
    assert_eq!(w.client().config(), Config { event_version: 2, stellartrain: w.main.clone(), image });
}

#[test]
fn a_picture_is_raw_or_unixfs() {
    let w = World::new();
    for codec in [0x55, 0x70] {
        w.e.register(Records, (w.main.clone(), Cid { codec, digest: w.bytes(1) }));
    }
    for codec in [0, 0x71, 0x155] {
        // The constructor's caller is told no more than that it failed; asked inside the contract, it is this error.
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            w.e.register(Records, (w.main.clone(), Cid { codec, digest: w.bytes(1) }))
        }));
        let said = result.expect_err("refused");
        let said = said.downcast_ref::<std::string::String>().expect("a message");
        assert!(said.contains(&std::format!("Error(Contract, #{})", Error::BadImage as u32)), "{said}");
    }
}
