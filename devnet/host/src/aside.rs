//! What a ledger's close meta says besides its transactions.

use crate::{
    check::BASE_FEE,
    ledger::{to_xdr, Ledger},
    live,
    settings::Settings,
    wire::{Reader, Writer},
};
use soroban_env_host::xdr::LedgerKey;

pub struct Aside {
    /// Keys as XDR.
    pub evicted: Vec<Vec<u8>>,
    /// Stroops for a KiB written, and the bytes of state that this price is for.
    pub rent_price: i64,
    pub state_size: u64,
    /// Stroops for an operation, by lane.
    pub prices: [i64; 2],
    /// Each transaction's cluster.
    pub clusters: Vec<u8>,
}

impl Aside {
    /// Of a ledger that has just closed.
    pub fn of(
        settings: &Settings,
        ledger: &Ledger,
        evicted: &[LedgerKey],
        prices: [i64; 2],
        clusters: Vec<u8>,
    ) -> Aside {
        Aside {
            evicted: evicted.iter().filter_map(|key| to_xdr(key).ok()).collect(),
            rent_price: settings.config.rent_fee_configuration.fee_per_rent_1kb,
            state_size: live::average(ledger),
            prices,
            clusters,
        }
    }

    /// Of a ledger in which nothing happened.
    pub fn empty(settings: &Settings, ledger: &Ledger) -> Aside {
        Aside::of(settings, ledger, &[], [BASE_FEE; 2], vec![])
    }

    /// Behind a record's transactions.
    pub fn write(&self, record: &mut Writer) {
        record
            .list(&self.evicted)
            .number(self.rent_price as u64)
            .number(self.state_size)
            .number(self.prices[0] as u64)
            .number(self.prices[1] as u64)
            .bytes(&self.clusters);
    }

    /// Reads what follows a record's transactions; records of the first networks ended there.
    pub fn read(reader: &mut Reader, settings: &Settings, ledger: &Ledger) -> Result<Aside, String> {
        if reader.is_empty() {
            return Ok(Aside::empty(settings, ledger));
        }
        Ok(Aside {
            evicted: reader.list()?.into_iter().map(<[u8]>::to_vec).collect(),
            rent_price: reader.number()? as i64,
            state_size: reader.number()?,
            prices: [reader.number()? as i64, reader.number()? as i64],
            clusters: reader.bytes()?.to_vec(),
        })
    }
}
