//! Balances of all tokens: who has what, and who cannot be paid.
use crate::basics::{require, Address, Amount, Token};
use crate::refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// The contract's own address.
pub const CONTRACT: Address = Address(0);

/// Every token that the story knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bank {
    /// By token and holder.
    pub balances: BTreeMap<(Token, Address), Amount>,
    /// Receivers without a trustline, or frozen: every transfer to them fails.
    pub blocked: BTreeSet<(Token, Address)>,
}

impl Bank {
    /// What somebody holds.
    pub fn balance(&self, token: Token, who: Address) -> Amount {
        self.balances.get(&(token, who)).copied().unwrap_or(0)
    }

    /// Gives somebody money from outside.
    pub fn mint(&mut self, token: Token, who: Address, amount: Amount) {
        *self.balances.entry((token, who)).or_default() += amount;
    }

    /// Whether the contract could take this amount now.
    pub fn check(&self, token: Token, from: Address, amount: Amount) -> Result<(), Refusal> {
        require(self.balance(token, from) >= amount, Refusal::TransferFailed)
    }

    /// Takes an amount into the contract; checked before.
    pub fn take(&mut self, token: Token, from: Address, amount: Amount) {
        self.mint(token, from, -amount);
        self.mint(token, CONTRACT, amount);
    }

    /// Sends an amount out of the contract, if its receiver can be paid.
    pub fn send(&mut self, token: Token, to: Address, amount: Amount) -> bool {
        let open = !self.blocked.contains(&(token, to));
        if open {
            self.mint(token, CONTRACT, -amount);
            self.mint(token, to, amount);
        }
        open
    }
}
