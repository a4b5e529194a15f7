//! The unified asset events (CAP-67) of fees and classic operations, as the asset's own contract would emit them.

use crate::{accounts::issuer, ledger::to_xdr};
use sha2::{Digest, Sha256};
use soroban_env_host::xdr::{
    AccountId, Asset, ClaimableBalanceId, ContractEvent, ContractEventBody, ContractEventType, ContractEventV0,
    ContractId, ContractIdPreimage, ExtensionPoint, Hash, HashIdPreimage, HashIdPreimageContractId, Int128Parts, Memo,
    MuxedAccount, ScAddress, ScMap, ScMapEntry, ScString, ScSymbol, ScVal,
};

pub struct Emitter {
    pub network_id: [u8; 32],
    pub memo: Memo,
}

/// Whose amount becomes more or less.
pub enum Party {
    Account(MuxedAccount),
    Balance(ClaimableBalanceId),
}

impl Party {
    fn is_account(&self, id: &AccountId) -> bool {
        matches!(self, Party::Account(account) if account.clone().account_id() == *id)
    }

    fn address(&self) -> ScVal {
        match self {
            Party::Account(account) => address(&account.clone().account_id()),
            Party::Balance(id) => ScVal::Address(ScAddress::ClaimableBalance(id.clone())),
        }
    }
}

impl From<&AccountId> for Party {
    fn from(id: &AccountId) -> Party {
        Party::Account(MuxedAccount::from(id.clone()))
    }
}

fn symbol(text: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(text.try_into().unwrap_or_default()))
}

fn address(id: &AccountId) -> ScVal {
    ScVal::Address(ScAddress::Account(id.clone()))
}

fn amount(value: i64) -> ScVal {
    let wide = i128::from(value);
    ScVal::I128(Int128Parts { hi: (wide >> 64) as i64, lo: wide as u64 })
}

/// The contract that stands for a classic asset.
pub fn asset_contract(network_id: [u8; 32], asset: &Asset) -> ContractId {
    let preimage = HashIdPreimage::ContractId(HashIdPreimageContractId {
        network_id: Hash(network_id),
        contract_id_preimage: ContractIdPreimage::Asset(asset.clone()),
    });
    let bytes = to_xdr(&preimage).unwrap_or_default();
    ContractId(Hash(Sha256::digest(bytes).into()))
}

fn asset_name(asset: &Asset) -> ScVal {
    let code = |code: &[u8]| String::from_utf8_lossy(code).trim_end_matches('\0').to_string();
    let name = match asset {
        Asset::Native => "native".to_string(),
        Asset::CreditAlphanum4(a) => format!("{}:{}", code(&a.asset_code.0), a.issuer),
        Asset::CreditAlphanum12(a) => format!("{}:{}", code(&a.asset_code.0), a.issuer),
    };
    ScVal::String(ScString(name.as_str().try_into().unwrap_or_default()))
}

impl Emitter {
    fn event(&self, asset: &Asset, topics: Vec<ScVal>, data: ScVal) -> ContractEvent {
        ContractEvent {
            ext: ExtensionPoint::V0,
            contract_id: Some(asset_contract(self.network_id, asset)),
            type_: ContractEventType::Contract,
            body: ContractEventBody::V0(ContractEventV0 { topics: topics.try_into().unwrap_or_default(), data }),
        }
    }

    /// A fee that was charged, or with a negative value given back.
    pub fn fee(&self, from: &AccountId, value: i64) -> ContractEvent {
        self.event(&Asset::Native, vec![symbol("fee"), address(from)], amount(value))
    }

    /// A payment; one from the issuer is a mint, one to the issuer a burn.
    pub fn transfer(&self, asset: &Asset, from: &Party, to: &Party, value: i64) -> ContractEvent {
        let name = asset_name(asset);
        let issues = |party: &Party| issuer(asset).is_some_and(|issuer| party.is_account(issuer));
        match (issues(from), issues(to)) {
            (true, false) => {
                self.event(asset, vec![symbol("mint"), to.address(), name], self.with_recipient(to, value))
            }
            (false, true) => self.event(asset, vec![symbol("burn"), from.address(), name], amount(value)),
            _ => {
                let topics = vec![symbol("transfer"), from.address(), to.address(), name];
                self.event(asset, topics, self.with_recipient(to, value))
            }
        }
    }

    pub fn clawback(&self, asset: &Asset, from: &Party, value: i64) -> ContractEvent {
        self.event(asset, vec![symbol("clawback"), from.address(), asset_name(asset)], amount(value))
    }

    pub fn set_authorized(&self, asset: &Asset, trustor: &AccountId, authorized: bool) -> ContractEvent {
        self.event(asset, vec![symbol("set_authorized"), address(trustor), asset_name(asset)], ScVal::Bool(authorized))
    }

    /// The amount, with the sub-account or memo that it was meant for when there is one.
    fn with_recipient(&self, to: &Party, value: i64) -> ScVal {
        let id = match (to, &self.memo) {
            (Party::Account(MuxedAccount::MuxedEd25519(muxed)), _) => ScVal::U64(muxed.id),
            (Party::Balance(_), _) | (_, Memo::None) => return amount(value),
            (_, Memo::Id(id)) => ScVal::U64(*id),
            (_, Memo::Text(text)) => ScVal::String(ScString(text.as_slice().to_vec().try_into().unwrap_or_default())),
            (_, Memo::Hash(hash) | Memo::Return(hash)) => ScVal::Bytes(hash.0.to_vec().try_into().unwrap_or_default()),
        };
        let entries = vec![
            ScMapEntry { key: symbol("amount"), val: amount(value) },
            ScMapEntry { key: symbol("to_muxed_id"), val: id },
        ];
        ScVal::Map(Some(ScMap(entries.try_into().unwrap_or_default())))
    }
}
