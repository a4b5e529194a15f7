//! A token of its own making that keeps to SEP-41 or, told so, misbehaves.
extern crate std;
use soroban_sdk::{
    contract, contractimpl, contracttype, panic_with_error, symbol_short, Address, Bytes, Env, Error, IntoVal, Symbol,
    Val, Vec,
};

/// How the token behaves, set by the test.
#[contracttype]
#[derive(Clone, Debug, PartialEq)]
pub enum Mood {
    Kind,
    /// Fails every transfer with an error of its own.
    Fails,
    /// Fails with an error that looks like one of the contract that calls it.
    FailsAs(u32),
    /// Panics in the middle of a transfer, after it has moved the money.
    Panics,
    /// Fails transfers to one account.
    Freezes(Address),
    /// Delivers one unit less than it was told.
    TakesAFee,
    /// Delivers one unit more.
    Gives,
    /// Takes the money and delivers nothing.
    Swallows,
    /// Neither takes nor delivers anything, and says nothing.
    Lies,
    /// Calls a function back and fails if that fails.
    CallsBack(Symbol, Vec<Val>),
    /// Calls a function back, and goes on whatever comes of it.
    Tries(Symbol, Vec<Val>),
    /// Answers a transfer with a number.
    Answers,
    /// Answers everything, balances too, with a text.
    Garbage,
    /// Says of everybody that it owns this much.
    Reports(i128),
    /// Calls on without end.
    Burns,
}

#[contract]
pub struct TokenCode;

#[contractimpl]
impl TokenCode {
    pub fn set_mood(e: Env, mood: Mood) {
        e.storage().instance().set(&symbol_short!("mood"), &mood);
    }

    pub fn mint(e: Env, to: Address, amount: i128) {
        add(&e, &to, amount);
    }

    pub fn balance(e: Env, id: Address) -> Val {
        match mood(&e) {
            Mood::Garbage => Bytes::from_slice(&e, b"a lot").into_val(&e),
            Mood::Reports(amount) => amount.into_val(&e),
            _ => owned(&e, &id).into_val(&e),
        }
    }

    /// What the token knows and `balance` may not say.
    pub fn owned(e: Env, id: Address) -> i128 {
        owned(&e, &id)
    }

    /// What came of the last call back: 0 = none, 1 = it went through, 2 = it was refused.
    pub fn answered(e: Env) -> u32 {
        e.storage().instance().get(&symbol_short!("answered")).unwrap_or(0)
    }

    pub fn transfer(e: Env, from: Address, to: Address, amount: i128) -> Val {
        from.require_auth();
        let mood = mood(&e);
        let (taken, delivered) = match &mood {
            Mood::TakesAFee => (amount, amount - 1),
            Mood::Gives => (amount, amount + 1),
            Mood::Swallows => (amount, 0),
            Mood::Lies => (0, 0),
            _ => (amount, amount),
        };
        assert!(amount >= 0 && owned(&e, &from) >= taken, "not enough");
        add(&e, &from, -taken);
        add(&e, &to, delivered);
        match mood {
            Mood::Fails => panic_with_error!(&e, Error::from_contract_error(7)),
            Mood::FailsAs(code) => panic_with_error!(&e, Error::from_contract_error(code)),
            Mood::Panics => panic!("no"),
            Mood::Freezes(account) => assert!(to != account, "frozen"),
            Mood::CallsBack(name, args) => {
                e.invoke_contract::<Val>(&there(&e), &name, args);
            }
            Mood::Tries(name, args) => {
                let result = e.try_invoke_contract::<Val, Error>(&there(&e), &name, args);
                e.storage().instance().set(&symbol_short!("answered"), &if result.is_ok() { 1u32 } else { 2 });
            }
            Mood::Answers => return 7u32.into_val(&e),
            Mood::Garbage => return Bytes::from_slice(&e, b"thanks").into_val(&e),
            Mood::Burns => loop {
                e.crypto().sha256(&Bytes::from_slice(&e, &[0; 4_096]));
            },
            _ => {}
        }
        ().into_val(&e)
    }

    /// Whom calls back are made to.
    pub fn set_there(e: Env, there: Address) {
        e.storage().instance().set(&symbol_short!("there"), &there);
    }
}

fn there(e: &Env) -> Address {
    e.storage().instance().get(&symbol_short!("there")).unwrap()
}

fn mood(e: &Env) -> Mood {
    e.storage().instance().get(&symbol_short!("mood")).unwrap_or(Mood::Kind)
}

fn owned(e: &Env, who: &Address) -> i128 {
    e.storage().persistent().get(who).unwrap_or(0)
}

fn add(e: &Env, who: &Address, amount: i128) {
    e.storage().persistent().set(who, &(owned(e, who) + amount));
}

pub struct Token {
    pub e: Env,
    pub address: Address,
}

impl Token {
    pub fn new(e: &Env) -> Token {
        Token { e: e.clone(), address: e.register(TokenCode, ()) }
    }

    fn code(&self) -> TokenCodeClient<'_> {
        TokenCodeClient::new(&self.e, &self.address)
    }

    pub fn is(&self, mood: Mood) {
        self.code().set_mood(&mood);
    }

    pub fn calls(&self, there: &Address) {
        self.code().set_there(there);
    }

    pub fn answered(&self) -> u32 {
        self.code().answered()
    }

    pub fn mint(&self, to: &Address, amount: i128) {
        self.code().mint(to, &amount);
    }

    pub fn balance(&self, who: &Address) -> i128 {
        self.code().owned(who)
    }
}
