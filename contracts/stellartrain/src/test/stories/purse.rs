//! Tokens, and who holds how much of them: read from the ledger itself, so that looking changes nothing.
extern crate std;
use super::token::{Mood, MoodyToken, MoodyTokenClient};
use soroban_sdk::testutils::{Address as _, IssuerFlags};
use soroban_sdk::token::StellarAssetClient;
use soroban_sdk::xdr::{
    AccountId, Asset, ContractDataDurability, LedgerEntry, LedgerEntryData, LedgerEntryExt, LedgerKey,
    LedgerKeyContractData, LedgerKeyTrustLine, PublicKey, ScAddress, ScSymbol, ScVal, ScVec, TrustLineAsset,
    TrustLineEntry, TrustLineEntryExt, Uint256,
};
use soroban_sdk::{Address, Env, TryFromVal};
use std::rc::Rc;

const AUTHORIZED: u32 = 1;

pub struct Token {
    pub address: Address,
    /// `None` for the hostile one.
    asset: Option<Asset>,
    /// What the contract holds beside what its challenges count: gifts, less what the hostile token took away.
    pub drift: i128,
}

impl Token {
    pub fn asset(e: &Env) -> Token {
        let asset = e.register_stellar_asset_contract_v2(Address::generate(e));
        asset.issuer().set_flag(IssuerFlags::RevocableFlag);
        Token { address: asset.address(), asset: Some(asset.asset()), drift: 0 }
    }

    pub fn moody(e: &Env) -> Token {
        Token { address: e.register(MoodyToken, ()), asset: None, drift: 0 }
    }

    pub fn is_honest(&self) -> bool {
        self.asset.is_some()
    }

    pub fn set_mood(&self, e: &Env, mood: Mood) {
        MoodyTokenClient::new(e, &self.address).set_mood(&mood);
    }

    pub fn mint(&self, e: &Env, to: &Address, amount: i128) {
        match self.is_honest() {
            true => StellarAssetClient::new(e, &self.address).mint(to, &amount),
            false => MoodyTokenClient::new(e, &self.address).mint(to, &amount),
        }
    }

    /// Freezes or thaws a balance. Not for the hostile token, nor for an account without a trustline.
    pub fn freeze(&self, e: &Env, who: &Address, frozen: bool) {
        StellarAssetClient::new(e, &self.address).set_authorized(who, &!frozen);
    }

    /// Where the balance is; the trustline of an account.
    fn key(&self, who: &Address) -> LedgerKey {
        let (token, who) = (ScAddress::from(&self.address), ScAddress::from(who));
        let data = |key| {
            let durability = ContractDataDurability::Persistent;
            LedgerKey::ContractData(LedgerKeyContractData { contract: token, key, durability })
        };
        match (&self.asset, who) {
            (Some(asset), ScAddress::Account(account_id)) => {
                LedgerKey::Trustline(LedgerKeyTrustLine { account_id, asset: line(asset) })
            }
            (Some(_), who) => {
                let name = ScVal::Symbol(ScSymbol("Balance".try_into().unwrap()));
                data(ScVal::Vec(Some(ScVec(std::vec![name, ScVal::Address(who)].try_into().unwrap()))))
            }
            (None, who) => data(ScVal::Address(who)),
        }
    }

    fn entry(&self, e: &Env, who: &Address) -> Option<LedgerEntryData> {
        let found = e.host().get_ledger_entry(&Rc::new(self.key(who))).expect("the ledger");
        found.map(|(entry, _)| entry.data.clone())
    }

    pub fn balance(&self, e: &Env, who: &Address) -> i128 {
        match self.entry(e, who) {
            None => 0,
            Some(LedgerEntryData::Trustline(line)) => i128::from(line.balance),
            Some(LedgerEntryData::ContractData(data)) => match &data.val {
                ScVal::Map(Some(fields)) => fields.iter().find_map(|field| amount(&field.val)).unwrap_or(0),
                value => amount(value).expect("an amount"),
            },
            Some(other) => panic!("no balance: {other:?}"),
        }
    }

    /// Whether a transfer to this holder can succeed.
    pub fn reaches(&self, e: &Env, who: &Address) -> bool {
        match self.entry(e, who) {
            None => !matches!(ScAddress::from(who), ScAddress::Account(_)),
            Some(LedgerEntryData::Trustline(line)) => line.flags & AUTHORIZED > 0 && line.limit == i64::MAX,
            Some(LedgerEntryData::ContractData(data)) => match &data.val {
                ScVal::Map(Some(fields)) => !fields.iter().any(|field| {
                    field.val == ScVal::Bool(false)
                        && field.key == ScVal::Symbol(ScSymbol("authorized".try_into().unwrap()))
                }),
                _ => true,
            },
            Some(_) => false,
        }
    }

    /// Gives an account a trustline, or changes how much more than its balance it takes.
    pub fn set_room(&self, e: &Env, who: &Address, room: bool) {
        let Some(asset) = &self.asset else { return };
        let (key, balance) = (self.key(who), self.balance(e, who) as i64);
        let LedgerKey::Trustline(LedgerKeyTrustLine { account_id, .. }) = &key else { return };
        let flags = match self.entry(e, who) {
            Some(LedgerEntryData::Trustline(line)) => line.flags,
            _ => AUTHORIZED,
        };
        let line = TrustLineEntry {
            account_id: account_id.clone(),
            asset: line(asset),
            balance,
            limit: if room { i64::MAX } else { balance.max(1) },
            flags,
            ext: TrustLineEntryExt::V0,
        };
        let data = LedgerEntryData::Trustline(line);
        let entry = LedgerEntry { last_modified_ledger_seq: 0, data, ext: LedgerEntryExt::V0 };
        e.host().add_ledger_entry(&Rc::new(key), &Rc::new(entry), None).expect("the ledger");
    }

    pub fn has_line(&self, e: &Env, who: &Address) -> bool {
        self.entry(e, who).is_some()
    }
}

fn line(asset: &Asset) -> TrustLineAsset {
    match asset {
        Asset::CreditAlphanum4(asset) => TrustLineAsset::CreditAlphanum4(asset.clone()),
        other => panic!("{other:?}"),
    }
}

fn amount(value: &ScVal) -> Option<i128> {
    match value {
        ScVal::I128(parts) => Some(i128::from(parts.hi) << 64 | i128::from(parts.lo)),
        _ => None,
    }
}

/// The address of a classic account, which holds nothing without a trustline.
pub fn account(e: &Env, byte: u8) -> Address {
    let id = AccountId(PublicKey::PublicKeyTypeEd25519(Uint256([byte; 32])));
    Address::try_from_val(e, &ScVal::Address(ScAddress::Account(id))).expect("an address")
}
