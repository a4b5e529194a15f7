//! A challenge comes into being: keys, creation, acceptance, more money, or everything back.
use super::{Answer, World};
use crate::basics::{require, Address, Amount, MAX_AMOUNT};
use crate::board::Board;
use crate::challenge::{Challenge, Purse};
use crate::earnings::Earnings;
use crate::event::Event;
use crate::phase::Phase;
use crate::ranking::Rankings;
use crate::records::Tally;
use crate::refusal::Refusal;
use crate::terms::{self, Terms};
use std::collections::BTreeMap;

const MAX_SHARES: usize = 1_024;

impl World {
    /// A key is never replaced: a version is appended, and the oracle keeps the private half of every one.
    pub(super) fn register_oracle(&mut self, oracle: Address, key: u64) -> Answer {
        self.keys.entry(oracle).or_default().push(key);
        Ok(vec![])
    }

    /// The whole prize and the fee budget are paid in before the challenge is visible; a ranking's fees are set aside at once.
    pub(super) fn create(&mut self, maker: Address, terms: &Terms, prize: Amount, budget: Amount) -> Answer {
        let terms = Terms { maker, ..terms.clone() };
        terms::check(&terms, prize, budget, self.now, self.limits)?;
        require(terms.oracles.iter().all(|oracle| self.keys.contains_key(oracle)), Refusal::NotRegistered)?;
        self.bank.check(terms.token, maker, prize + budget)?;
        self.bank.take(terms.token, maker, prize + budget);

        let n = terms.n();
        let ranking_fees = if terms.is_ranked() { terms.verdict_fee() } else { 0 };
        let purse =
            Purse { escrow: prize, budget: budget - ranking_fees, ranking_fees, fees: vec![0; n], ..Purse::default() };
        self.challenges.push(Challenge {
            terms,
            accepted: vec![false; n],
            key: None,
            cancelled: false,
            purse,
            submissions: Vec::new(),
            attempts: BTreeMap::new(),
            concluded: 0,
            decided: 0,
            kept: 0,
            scored: 0,
            unsettled: 0,
            head: 0,
            ended: false,
            board: Board::default(),
            rankings: Rankings::none(n),
            earnings: Earnings::none(n),
            tallies: vec![Tally::default(); n],
            folded: false,
            unopened: false,
            revealed: vec![false; n + 1],
        });
        self.makers.entry(maker).or_default().challenges += 1;
        Ok(vec![Event::Created(self.challenges.len() - 1, prize, budget)])
    }

    /// The first oracle makes the challenge key and brings it sealed to every oracle; the others accept only the same key, so
    /// that what one oracle can open all can.
    pub(super) fn accept(&mut self, by: Address, id: usize, key: u64, shares: Option<usize>) -> Answer {
        let challenge = self.challenge(id)?;
        let place = challenge.terms.oracle(by)?;
        require(!challenge.cancelled, Refusal::Cancelled)?;
        require(!challenge.accepted[place], Refusal::AlreadyAccepted)?;
        require(self.now < challenge.terms.accept_by, Refusal::AcceptTooLate)?;
        match challenge.key {
            _ if place == 0 => {
                require(shares.is_some_and(|bytes| (1..=MAX_SHARES).contains(&bytes)), Refusal::BadShares)?
            }
            None => return Err(Refusal::KeyNotMade),
            Some(made) => {
                require(shares.is_none(), Refusal::BadShares)?;
                require(key == made, Refusal::WrongKey)?;
            }
        }
        let challenge = &mut self.challenges[id];
        challenge.key = Some(key);
        challenge.accepted[place] = true;
        self.oracles.entry(by).or_default().accepted += 1;
        Ok(vec![Event::Accepted(by)])
    }

    /// Until all have accepted the maker may take everything back; from `accept_by` on anyone may send it back.
    pub(super) fn cancel(&mut self, by: Address, id: usize) -> Answer {
        let challenge = self.challenge(id)?;
        let may = match challenge.phase(self.now) {
            Phase::Cancelled => return Err(Refusal::Cancelled),
            Phase::Accepting => by == challenge.terms.maker,
            Phase::Lapsed => true,
            _ => false,
        };
        require(may, Refusal::CannotCancel)?;
        let challenge = &self.challenges[id];
        let back = challenge.purse.sum();
        let (token, maker) = (challenge.terms.token, challenge.terms.maker);
        require(self.bank.send(token, maker, back), Refusal::TransferFailed)?;
        let challenge = &mut self.challenges[id];
        challenge.purse = Purse { fees: vec![0; challenge.terms.n()], ..Purse::default() };
        challenge.cancelled = true;
        Ok(vec![Event::Cancelled(back), Event::Paid(maker, back)])
    }

    /// Until the deadline anyone may add to the prize of labels and to the fee budget; the prize of a bounty and of a ranking
    /// is what its terms say.
    pub(super) fn top_up(&mut self, by: Address, id: usize, prize: Amount, budget: Amount) -> Answer {
        let challenge = self.challenge(id)?;
        match challenge.phase(self.now) {
            Phase::Cancelled => return Err(Refusal::Cancelled),
            Phase::Lapsed => return Err(Refusal::AcceptTooLate),
            Phase::Accepting | Phase::Announced | Phase::Open => {}
            Phase::Ended => return Err(Refusal::Ended),
            _ => return Err(Refusal::DeadlinePassed),
        }
        let fixed = challenge.terms.is_bounty() || challenge.terms.is_ranked();
        require(prize == 0 || !fixed, Refusal::WrongRule)?;
        require(prize >= 0 && budget >= 0 && prize + budget > 0, Refusal::BadAmount)?;
        let purse = &challenge.purse;
        require(purse.escrow + prize <= MAX_AMOUNT && purse.budget + budget <= MAX_AMOUNT, Refusal::BadAmount)?;
        let token = challenge.terms.token;
        self.bank.check(token, by, prize + budget)?;
        self.bank.take(token, by, prize + budget);
        let purse = &mut self.challenges[id].purse;
        purse.escrow += prize;
        purse.budget += budget;
        Ok(vec![Event::ToppedUp(prize, budget)])
    }
}
