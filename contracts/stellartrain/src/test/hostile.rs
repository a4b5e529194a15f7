//! Hostile tokens harm their own challenges only.
extern crate std;
use super::world::{prize, refused, total, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::{contract, contractimpl, contracttype, symbol_short, Address, Env, IntoVal, Symbol, Val, Vec};

/// How the token misbehaves, set by the test.
#[contracttype]
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Kind,
    /// Fails every transfer.
    Fails,
    /// Delivers one unit less than it was told.
    TakesAFee,
    /// Delivers nothing and says nothing.
    Lies,
    /// Calls back into the contract that called it.
    CallsBack,
    /// Answers a transfer with a number.
    Answers,
}

#[contract]
struct Token;

#[contractimpl]
impl Token {
    pub fn set_mood(e: Env, mood: Mood) {
        e.storage().instance().set(&symbol_short!("mood"), &mood);
    }

    pub fn mint(e: Env, to: Address, amount: i128) {
        move_to(&e, &to, amount);
    }

    pub fn balance(e: Env, id: Address) -> i128 {
        e.storage().instance().get(&id).unwrap_or(0)
    }

    pub fn transfer(e: Env, from: Address, to: Address, amount: i128) -> Val {
        from.require_auth();
        let mood = e.storage().instance().get(&symbol_short!("mood")).unwrap_or(Mood::Kind);
        let delivered = match mood {
            Mood::Fails => panic!("no"),
            Mood::TakesAFee => amount - 1,
            Mood::Lies => 0,
            Mood::CallsBack => {
                let args: Vec<Val> = (1u32,).into_val(&e);
                e.invoke_contract::<i128>(&from, &Symbol::new(&e, "close"), args);
                amount
            }
            Mood::Kind | Mood::Answers => amount,
        };
        move_to(&e, &from, -amount);
        move_to(&e, &to, delivered);
        if mood == Mood::Answers {
            7u32.into_val(&e)
        } else {
            ().into_val(&e)
        }
    }
}

fn move_to(e: &Env, who: &Address, amount: i128) {
    let balance: i128 = e.storage().instance().get(who).unwrap_or(0);
    e.storage().instance().set(who, &(balance + amount));
}

struct Hostile {
    w: World,
    token: Address,
    terms: Terms,
}

impl Hostile {
    fn new() -> Hostile {
        let w = World::new();
        let token = w.e.register(Token, ());
        let terms = Terms { token: token.clone(), ..w.terms() };
        let hostile = Hostile { w, token, terms };
        hostile.client().mint(&hostile.w.maker, &1_000_000);
        hostile
    }

    fn client(&self) -> TokenClient<'_> {
        TokenClient::new(&self.w.e, &self.token)
    }

    fn solver(&self) -> Address {
        let solver = self.w.solver();
        self.client().mint(&solver, &1_000);
        solver
    }
}

#[test]
fn money_that_does_not_arrive_in_full_is_not_taken() {
    let h = Hostile::new();
    let w = &h.w;
    for mood in [Mood::TakesAFee, Mood::Lies] {
        h.client().set_mood(&mood);
        refused(w.client().try_create_challenge(&w.maker, &h.terms, &prize(&h.terms), &0), Error::TransferMismatch);
    }
    h.client().set_mood(&Mood::Kind);
    let id = w.open(&h.terms);
    let solver = h.solver();
    for mood in [Mood::TakesAFee, Mood::Lies] {
        h.client().set_mood(&mood);
        refused(w.client().try_submit(&solver, &id, &1, &w.cid(9), &0, &0), Error::TransferMismatch);
        refused(w.client().try_top_up(&w.maker, &id, &0, &50), Error::TransferMismatch);
    }
    assert_eq!((w.client().state(&id).submitted, w.client().attempts(&id, &solver).attempts), (0, 0));
}

#[test]
fn a_failing_token_fails_no_batch() {
    for mood in [Mood::Fails, Mood::CallsBack] {
        let h = Hostile::new();
        let w = &h.w;
        let id = w.open(&h.terms);
        let (a, b) = (w.submit(id, &h.solver()), w.submit(id, &h.solver()));
        h.client().set_mood(&mood);
        w.grade(id, &[w.scored(&a, 60, 1), w.scored(&b, 10, 2)]);
        assert_eq!((w.view(id, &a).flags, w.view(id, &b).flags), (3, 2));
        assert_eq!(h.client().balance(&w.contract), total(&w.client().state(&id)));
        assert!(w.client().try_release_payment(&id, &a.solver, &1).is_err());
        h.client().set_mood(&Mood::Kind);
        assert_eq!((w.release(id, &a), w.release(id, &b)), (1_020, 20));
        assert_eq!(h.client().balance(&w.contract), total(&w.client().state(&id)));
    }
}

#[test]
fn a_token_with_an_answer_has_paid_once() {
    let h = Hostile::new();
    let w = &h.w;
    let id = w.open(&h.terms);
    let a = w.submit(id, &h.solver());
    h.client().set_mood(&Mood::Answers);
    w.grade(id, &[w.scored(&a, 60, 1)]);
    assert_eq!((h.client().balance(&a.solver), w.view(id, &a).flags), (2_000, 4));
    assert_eq!(h.client().balance(&w.contract), total(&w.client().state(&id)));
}

#[test]
fn honest_challenges_beside_it_keep_their_money() {
    let h = Hostile::new();
    let w = &h.w;
    let (bad, good) = (w.open(&h.terms), w.open(&w.terms()));
    let (a, b) = (w.submit(bad, &h.solver()), w.work(good));
    for mood in [Mood::Lies, Mood::TakesAFee, Mood::Fails] {
        h.client().set_mood(&mood);
        let _ = w.client().try_submit(&h.solver(), &bad, &1, &w.cid(9), &0, &0);
    }
    w.grade(bad, &[w.scored(&a, 60, 1)]);
    w.grade(good, &[w.scored(&b, 60, 1)]);
    assert_eq!(w.balance(&b.solver), 2_000);
    w.check();
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

#[test]
fn a_claw_back_hurts_only_by_the_amount_taken() {
    use soroban_sdk::token::StellarAssetClient;
    let w = World::new();
    let (one, two) = (w.open(&w.terms()), w.open(&w.terms()));
    let a = w.work(one);
    // The issuer freezes the contract itself: nothing can be paid, everything is held, no call breaks.
    let asset = StellarAssetClient::new(&w.e, &w.asset);
    asset.set_authorized(&w.contract, &false);
    w.grade(one, &[w.scored(&a, 60, 1)]);
    assert_eq!(w.view(one, &a).flags, 3);
    assert!(w.client().try_submit(&w.solver(), &two, &1, &w.cid(9), &0, &0).is_err());
    asset.set_authorized(&w.contract, &true);
    assert_eq!(w.release(one, &a), 1_020);
    w.check();
}
