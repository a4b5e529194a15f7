//! What a conclusion costs and brings, and what is owed.
use super::grading::{BY_JUDGE, CARRIED, HELD, PRIZE_PAID};
use super::told::{fee, Piece, Told};
use crate::types::*;

/// Whether a quorum's verdict concluded it.
pub fn by_quorum(piece: &Piece) -> bool {
    let decided = matches!(piece.verdict, Verdict::Scored | Verdict::Rejected | Verdict::Unavailable);
    decided && piece.flags & BY_JUDGE == 0
}

impl Told {
    /// (what the solver carried, what it pays of the fee, what comes back to it)
    fn bill(&self, piece: &Piece) -> (i128, i128, i128) {
        let carried = if piece.flags & CARRIED > 0 { fee(&self.terms) } else { 0 };
        let fee = if by_quorum(piece) { fee(&self.terms) } else { 0 };
        let faulty = matches!(piece.verdict, Verdict::Rejected | Verdict::Unavailable);
        let from_carry = carried.min(fee);
        let from_deposit = if faulty { self.terms.deposit.min(fee - from_carry) } else { 0 };
        let paid = from_carry + from_deposit;
        (carried, paid, carried + self.terms.deposit - paid)
    }

    /// What the accepted units bring.
    fn pay_of(&self, piece: &Piece) -> i128 {
        match &self.terms.payout {
            Payout::PerUnit(unit) if piece.verdict == Verdict::Scored => unit.rate * i128::from(piece.accepted_units),
            _ => 0,
        }
    }

    /// The oracles of the quorum are paid, and what is over is owed to the solver.
    pub fn charge(&mut self, number: u32, quorum: &[u32]) {
        let piece = &self.pieces[&number];
        let (carried, paid, back) = self.bill(piece);
        let (pay, units) = (self.pay_of(piece), piece.units);
        let fee = fee(&self.terms);
        let purse = &mut self.state.purse;
        if carried == 0 {
            purse.held_fees -= fee;
            purse.budget += fee;
        }
        purse.carried -= carried;
        purse.deposits -= self.terms.deposit;
        if !quorum.is_empty() {
            purse.budget -= fee - paid;
        }
        for place in quorum {
            self.fees[*place as usize] += self.terms.oracle_fee;
        }
        if let Payout::PerUnit(unit) = &self.terms.payout {
            purse.reserved -= unit.rate * i128::from(units);
            purse.escrow += unit.rate * i128::from(units) - pay;
        }
        purse.owed += back + pay;
        if back + pay > 0 {
            self.pieces.get_mut(&number).unwrap().flags |= HELD;
        }
    }

    /// The prize that is due and was not sent; what comes back and was not sent.
    pub fn owed(&self, number: u32) -> (i128, i128) {
        let piece = &self.pieces[&number];
        let prize = if piece.flags & PRIZE_PAID > 0 { 0 } else { self.prize(number) };
        let back = if piece.flags & HELD > 0 { self.bill(piece).2 + self.pay_of(piece) } else { 0 };
        (prize, back)
    }

    /// What it won so far, paid or not.
    pub fn won(&self, number: u32) -> i128 {
        self.prize(number) + self.pay_of(&self.pieces[&number])
    }

    pub fn send(&mut self, number: u32, prize: i128, back: i128) {
        self.state.purse.prizes -= prize;
        self.state.purse.owed -= back;
        let piece = self.pieces.get_mut(&number).unwrap();
        piece.flags &= !HELD;
        piece.flags |= if prize > 0 { PRIZE_PAID } else { 0 };
    }
}
