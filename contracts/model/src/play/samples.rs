//! Terms that most tests start from: three oracles, a judge, a patience of ten seconds.
use crate::basics::{Address, Amount, Time, Token};
use crate::score::Direction;
use crate::terms::{Judge, Limits, Payout, Terms};

/// Of the samples, in seconds, so that a story is short.
pub const PATIENCE: Time = 10;
/// As short.
pub const LIMITS: Limits = Limits { patience: PATIENCE, window: 20 };
/// In which the samples pay.
pub const TOKEN: Token = Token(0);
/// Creates the samples.
pub const MAKER: Address = Address(1);
/// Judges the samples.
pub const JUDGE: Address = Address(2);
/// Grade the samples; the first three or all five of them.
pub const ORACLES: [Address; 5] = [Address(11), Address(12), Address(13), Address(14), Address(15)];

/// The reward to each of the first winners with 90 or more.
pub fn bounty(reward: Amount, winners: usize) -> Terms {
    terms(Payout::Bounty { reward, winners })
}

/// Prizes by rank.
pub fn ranked(prizes: &[Amount]) -> Terms {
    terms(Payout::Ranked { prizes: prizes.to_vec() })
}

/// Batches of labels.
pub fn per_unit(rate: Amount, max_units: u32) -> Terms {
    terms(Payout::PerUnit { rate, max_units })
}

/// Epochs of earnings.
pub fn earnings() -> Terms {
    Terms { judge: None, ..terms(Payout::Earnings) }
}

fn terms(payout: Payout) -> Terms {
    Terms {
        maker: MAKER,
        token: TOKEN,
        payout,
        oracles: ORACLES[..3].to_vec(),
        oracle_fee: 0,
        deposit: 0,
        threshold: 90,
        direction: Direction::Maximize,
        step: 1,
        opens: 20,
        accept_by: 20,
        deadline: 100,
        patience: PATIENCE,
        grade_by: 140,
        judge: Some(Judge { address: JUDGE, by: 160 }),
        gate: None,
        attempts: 10,
        attempts_per_day: 10,
        unique_content: false,
        opens_truth: true,
    }
}
