// Generated from contracts/jury/jury.wasm by `npm run bindings`; do not edit.
import { Cid, Vote, Config, Ballot, ContractEvent } from './types.js';
import { AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef } from '@stellar/stellar-sdk/contract';
import { Address, xdr } from '@stellar/stellar-sdk';
export interface Client {
    /**
     * Votes on a submission; a juror may replace its vote until the majority. With a majority of equal votes (a rejection's
     * reason is not compared, the lowest stands) the main contract is told: from then on nothing changes it.
     */
    vote(args: {
        juror: string | Address;
        challenge: number;
        report: Cid;
        vote: Vote;
    }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
    /**
     * What was fixed when the jury was deployed.
     */
    config(options?: MethodOptions): Promise<AssembledTransaction<Config>>;
    /**
     * The votes on a submission so far.
     */
    ballots(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Array<Ballot>>>;
}
export declare class Client extends ContractClient {
    readonly options: ContractClientOptions;
    constructor(options: ContractClientOptions);
    static deploy<T = Client>(args: {
        stellartrain: string | Address;
        jurors: Array<string | Address>;
    }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & {
        salt?: Uint8Array;
        address?: string;
    } & ({
        wasmHash: Uint8Array | string;
        format?: "hex" | "base64";
        externalRef?: never;
    } | {
        externalRef: ExternalExecutableRef;
        wasmHash?: never;
        format?: never;
    })): Promise<AssembledTransaction<T>>;
    readonly fromJson: {
        vote: (json: string) => AssembledTransaction<boolean>;
        config: (json: string) => AssembledTransaction<Config>;
        ballots: (json: string) => AssembledTransaction<Ballot[]>;
    };
    /** @deprecated Use fromJson instead. */
    readonly fromJSON: {
        vote: (json: string) => AssembledTransaction<boolean>;
        config: (json: string) => AssembledTransaction<Config>;
        ballots: (json: string) => AssembledTransaction<Ballot[]>;
    };
    /**
     * Parse a raw contract event (topics + data) into a typed {@link ContractEvent}.
     */
    parseEvent(topics: xdr.ScVal[] | string[], data: xdr.ScVal | string): ContractEvent | undefined;
    /**
     * Build a topics filter row for the "JurorVoted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    jurorVotedEventFilter(topicValues?: {
        challenge?: number;
        juror?: string | Address;
    }): string[];
}
