//! A token that cannot pay some accounts, as if they had no trustline: what the model's bank does.
extern crate std;
use soroban_sdk::{contract, contractimpl, symbol_short, Address, Env};

#[contract]
pub struct Bank;

#[contractimpl]
impl Bank {
    pub fn mint(e: Env, to: Address, amount: i128) {
        book(&e, &to, amount);
    }

    pub fn block(e: Env, who: Address, blocked: bool) {
        e.storage().persistent().set(&(symbol_short!("blocked"), who), &blocked);
    }

    pub fn balance(e: Env, id: Address) -> i128 {
        owned(&e, &id)
    }

    pub fn transfer(e: Env, from: Address, to: Address, amount: i128) {
        from.require_auth();
        let blocked = e.storage().persistent().get(&(symbol_short!("blocked"), &to)).unwrap_or(false);
        assert!(!blocked, "the receiver cannot be paid");
        book(&e, &from, -amount);
        book(&e, &to, amount);
    }
}

pub fn owned(e: &Env, who: &Address) -> i128 {
    e.storage().persistent().get(who).unwrap_or(0)
}

fn book(e: &Env, who: &Address, amount: i128) {
    let balance = owned(e, who) + amount;
    assert!(balance >= 0, "not that much");
    e.storage().persistent().set(who, &balance);
}
