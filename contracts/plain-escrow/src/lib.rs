//! The plainest escrow there can be: somebody locks an amount for somebody, and lets it go. Never deployed; it is what the
//! cost of a graded and paid submission is compared with.
#![no_std]
use soroban_sdk::{contract, contractimpl, contracttype, token::TokenClient, Address, Env};

#[contracttype]
pub struct Escrow {
    pub payer: Address,
    pub receiver: Address,
    pub token: Address,
    pub amount: i128,
}

#[contract]
pub struct PlainEscrow;

#[contractimpl]
impl PlainEscrow {
    /// Locks an amount under a number that the payer chooses.
    pub fn lock(e: Env, id: u32, payer: Address, receiver: Address, token: Address, amount: i128) {
        payer.require_auth();
        TokenClient::new(&e, &token).transfer(&payer, e.current_contract_address(), &amount);
        e.storage().persistent().set(&id, &Escrow { payer, receiver, token, amount });
    }

    /// Sends it to its receiver.
    pub fn release(e: Env, id: u32) {
        let escrow: Escrow = e.storage().persistent().get(&id).unwrap();
        escrow.payer.require_auth();
        e.storage().persistent().remove(&id);
        TokenClient::new(&e, &escrow.token).transfer(&e.current_contract_address(), &escrow.receiver, &escrow.amount);
    }
}
