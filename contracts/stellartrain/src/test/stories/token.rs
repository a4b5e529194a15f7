//! A token that changes its mood: it fails, takes a fee, lies about balances, calls back.
use soroban_sdk::{contract, contractimpl, contracttype, symbol_short, Address, Env, IntoVal, Symbol, Val, Vec};

#[contracttype]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mood {
    Kind,
    /// Fails every transfer.
    Fails,
    /// Delivers one unit less than it was told.
    TakesAFee,
    /// Delivers nothing and says nothing.
    Swallows,
    /// Reports more than there is, now and then.
    Babbles,
    /// Calls the contract that called it, and fails with it.
    CallsBack,
    /// The same, but hides that it was refused.
    CallsBackQuietly,
    /// Answers a transfer with a number.
    Answers,
}

pub const MOODS: [Mood; 8] = [
    Mood::Kind,
    Mood::Fails,
    Mood::TakesAFee,
    Mood::Swallows,
    Mood::Babbles,
    Mood::CallsBack,
    Mood::CallsBackQuietly,
    Mood::Answers,
];

#[contract]
pub struct MoodyToken;

#[contractimpl]
impl MoodyToken {
    pub fn set_mood(e: Env, mood: Mood) {
        e.storage().instance().set(&symbol_short!("mood"), &mood);
    }

    /// Also takes, as an issuer that claws back.
    pub fn mint(e: Env, to: Address, amount: i128) {
        book(&e, &to, amount);
    }

    pub fn balance(e: Env, id: Address) -> i128 {
        let said: u32 = e.storage().instance().get(&symbol_short!("said")).unwrap_or(0);
        e.storage().instance().set(&symbol_short!("said"), &(said + 1));
        let extra = if mood(&e) == Mood::Babbles { i128::from(said % 3) } else { 0 };
        stored(&e, &id) + extra
    }

    pub fn transfer(e: Env, from: Address, to: Address, amount: i128) -> Val {
        from.require_auth();
        let mood = mood(&e);
        let delivered = match mood {
            Mood::Fails => panic!("no"),
            Mood::TakesAFee => amount - 1,
            Mood::Swallows => 0,
            _ => amount,
        };
        if matches!(mood, Mood::CallsBack | Mood::CallsBackQuietly) {
            let called = e.try_invoke_contract::<Val, soroban_sdk::Error>(&from, &Symbol::new(&e, "close"), args(&e));
            let called = called.is_ok()
                | e.try_invoke_contract::<Val, soroban_sdk::Error>(&to, &Symbol::new(&e, "close"), args(&e)).is_ok();
            assert!(!called && mood == Mood::CallsBackQuietly, "refused");
        }
        book(&e, &from, -amount);
        book(&e, &to, delivered);
        if mood == Mood::Answers {
            7u32.into_val(&e)
        } else {
            ().into_val(&e)
        }
    }
}

fn args(e: &Env) -> Vec<Val> {
    (1u32,).into_val(e)
}

fn mood(e: &Env) -> Mood {
    e.storage().instance().get(&symbol_short!("mood")).unwrap_or(Mood::Kind)
}

fn stored(e: &Env, who: &Address) -> i128 {
    e.storage().persistent().get(who).unwrap_or(0)
}

fn book(e: &Env, who: &Address, amount: i128) {
    let balance = stored(e, who) + amount;
    assert!(balance >= 0, "not that much");
    e.storage().persistent().set(who, &balance);
}
