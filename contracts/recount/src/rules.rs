//! The rules of a challenge: fixed once, by its maker, before anybody submits.
use crate::errors::{require, Error};
use crate::form::{number, MAX_CLASS};
use crate::main_contract::{field, Fields, MainClient};
use crate::metrics::float::Float;
use crate::storage;
use crate::tally::{Kind, MAX_CLASSES};
use crate::types::{Frozen, Rules};
use soroban_sdk::{Address, BytesN, Env, Symbol, Val, Vec};

/// Fixes the rules; the maker authorises it.
pub fn configure(e: &Env, challenge: u32, rules: &Rules) -> Result<Frozen, Error> {
    let main = MainClient::new(e, &storage::main_contract(e));
    let fields = main.challenge(&challenge);
    let maker: Address = field(e, &fields, "maker").ok_or(Error::NotConfigured)?;
    maker.require_auth();
    let terms: Fields = field(e, &fields, "terms").ok_or(Error::NotConfigured)?;
    let judge: Option<Fields> = field(e, &terms, "judge");
    let judge = judge.ok_or(Error::NotTheJudge)?;
    require(field(e, &judge, "address") == Some(e.current_contract_address()), Error::NotTheJudge)?;
    require(storage::rules(e, challenge).is_none(), Error::AlreadyConfigured)?;
    require(field(e, &main.state(&challenge), "submitted") == Some(0u32), Error::TooLate)?;
    check(rules)?;
    let grade_by: u64 = field(e, &terms, "grade_by").ok_or(Error::NotConfigured)?;
    let judge_by: u64 = field(e, &judge, "judge_by").ok_or(Error::NotConfigured)?;
    let unique_content: bool = field(e, &terms, "unique_content").ok_or(Error::NotConfigured)?;
    let direction: u32 = field(e, &terms, "direction").ok_or(Error::NotConfigured)?;
    let frozen = Frozen {
        rules: rules.clone(),
        maker,
        truth: field::<BytesN<32>>(e, &terms, "truth").ok_or(Error::NotConfigured)?,
        grade_by,
        judge_by,
        // The last quarter is for rulings.
        open_until: if unique_content { judge_by - (judge_by - grade_by) / 4 } else { judge_by },
        places: places(e, &terms)?,
        threshold: field(e, &terms, "threshold").ok_or(Error::NotConfigured)?,
        step: field(e, &terms, "step").ok_or(Error::NotConfigured)?,
        minimize: direction == 1,
        unique_content,
    };
    storage::set_rules(e, challenge, &frozen);
    Ok(frozen)
}

/// How many prizes a ranking has, 0 for a bounty.
fn places(e: &Env, terms: &Fields) -> Result<u32, Error> {
    let payout: Vec<Val> = field(e, terms, "payout").ok_or(Error::WrongPayout)?;
    let rule: Symbol = payout.get(0).and_then(|rule| value(e, rule)).ok_or(Error::WrongPayout)?;
    if rule == Symbol::new(e, "Bounty") {
        return Ok(0);
    }
    require(rule == Symbol::new(e, "Ranked"), Error::WrongPayout)?;
    let ranked: Fields = payout.get(1).and_then(|ranked| value(e, ranked)).ok_or(Error::WrongPayout)?;
    let prizes: Vec<i128> = field(e, &ranked, "prizes").ok_or(Error::WrongPayout)?;
    Ok(prizes.len())
}

fn value<T: soroban_sdk::TryFromVal<Env, Val>>(e: &Env, value: Val) -> Option<T> {
    T::try_from_val(e, &value).ok()
}

fn check(rules: &Rules) -> Result<(), Error> {
    let kind = rules.metric.kind();
    let count = rules.classes.len() as usize;
    let fits = match kind {
        Kind::Classes => (1..=MAX_CLASSES).contains(&count),
        Kind::Scores => count == 2,
        Kind::Numbers(_) => count == 0,
    };
    let positive = if count == 0 { rules.positive == 0 } else { (rules.positive as usize) < count };
    require(fits && positive && (count > 0 || !rules.numbers), Error::BadRules)?;
    let mut classes = Classes::NONE;
    for class in rules.classes.iter() {
        let mut text = [0; MAX_CLASS];
        let length = class.len() as usize;
        require(length <= MAX_CLASS && (!rules.numbers || length == 8), Error::BadRules)?;
        class.copy_into_slice(&mut text[..length]);
        require(classes.push(&text[..length], rules.numbers), Error::BadRules)?;
    }
    let (least, most) = (Float(rules.least), Float(rules.most));
    require(least.is_finite() && most.is_finite() && least.key() <= most.key(), Error::BadRules)
}

/// The classes, where a row's cell is looked up.
pub struct Classes {
    texts: [u8; MAX_CLASSES * MAX_CLASS],
    ends: [usize; MAX_CLASSES + 1],
    count: usize,
}

impl Classes {
    const NONE: Classes = Classes { texts: [0; MAX_CLASSES * MAX_CLASS], ends: [0; MAX_CLASSES + 1], count: 0 };

    pub fn of(rules: &Rules) -> Result<Classes, Error> {
        let mut classes = Classes::NONE;
        for class in rules.classes.iter() {
            let mut text = [0; MAX_CLASS];
            let text = text.get_mut(..class.len() as usize).ok_or(Error::BadRules)?;
            class.copy_into_slice(text);
            require(classes.push(text, rules.numbers), Error::BadRules)?;
        }
        Ok(classes)
    }

    /// False unless the class stands behind all that are there.
    fn push(&mut self, cell: &[u8], numbers: bool) -> bool {
        let mut key = [0; 8];
        let Some(cell) = comparable(cell, numbers, &mut key) else { return false };
        let (from, last) = (self.ends[self.count], self.count.checked_sub(1).map(|last| self.text(last)));
        if last.is_some_and(|last| last >= cell) {
            return false;
        }
        self.texts[from..from + cell.len()].copy_from_slice(cell);
        self.count += 1;
        self.ends[self.count] = from + cell.len();
        true
    }

    /// The place of a cell's class.
    pub fn find(&self, cell: &[u8], numbers: bool) -> Result<usize, Error> {
        let mut key = [0; 8];
        let cell = comparable(cell, numbers, &mut key).ok_or(Error::BadForm)?;
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = (low + high) / 2;
            match self.text(middle).cmp(cell) {
                core::cmp::Ordering::Equal => return Ok(middle),
                core::cmp::Ordering::Less => low = middle + 1,
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        Err(Error::UnknownClass)
    }

    fn text(&self, place: usize) -> &[u8] {
        &self.texts[self.ends[place]..self.ends[place + 1]]
    }
}

/// A cell as bytes in the order of the classes.
fn comparable<'a>(cell: &'a [u8], numbers: bool, key: &'a mut [u8; 8]) -> Option<&'a [u8]> {
    if !numbers {
        return Some(cell);
    }
    *key = number(cell).ok()?.key().to_be_bytes();
    Some(key)
}
