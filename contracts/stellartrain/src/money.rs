//! Calls to tokens. A token may be hostile: what comes in is measured, what goes out in a batch may fail alone.
//!
//! State is always written before money moves; the host refuses calls back into this contract.
use crate::errors::{require, Error, OrFail};
use soroban_sdk::{symbol_short, token::TokenClient, Address, Env, IntoVal, Val, Vec};

/// Takes an amount from someone who authorised it; exactly so much must arrive.
pub fn pull(e: &Env, token: &Address, from: &Address, amount: i128) {
    if amount == 0 {
        return;
    }
    let token = TokenClient::new(e, token);
    let here = e.current_contract_address();
    let before = token.balance(&here);
    token.transfer(from, &here, &amount);
    let expected = before.checked_add(amount).ok_or(Error::TransferMismatch).or_fail(e);
    require(token.balance(&here) == expected, Error::TransferMismatch).or_fail(e);
}

/// Sends an amount; the call fails with the token's error if that is not possible.
pub fn pay(e: &Env, token: &Address, to: &Address, amount: i128) {
    if amount > 0 {
        TokenClient::new(e, token).transfer(&e.current_contract_address(), to, &amount);
    }
}

/// Sends an amount if possible. A token that fails has moved nothing, for its changes are rolled back.
pub fn try_pay(e: &Env, token: &Address, here: &Address, to: &Address, amount: i128) -> bool {
    let args: Vec<Val> = (here, to, amount).into_val(e);
    // The answer's type does not matter: a call that did not fail counts as paid, once.
    e.try_invoke_contract::<Val, soroban_sdk::Error>(token, &symbol_short!("transfer"), args).is_ok()
}
