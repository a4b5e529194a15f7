// Generated from contracts/gate/gate.wasm by `npm run bindings`; do not edit.
import { Config, ContractEvent } from './types.js';
import { AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef } from '@stellar/stellar-sdk/contract';
import { Address, xdr } from '@stellar/stellar-sdk';
export interface Client {
    /**
     * Whether the solver may submit, to whatever challenge names this gate.
     */
    admits(args: {
        challenge: number;
        solver: string | Address;
    }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
    /**
     * What was fixed when the gate was deployed.
     */
    config(options?: MethodOptions): Promise<AssembledTransaction<Config>>;
    /**
     * Invites a solver, or takes its invitation back; the owner authorises the call. What the solver submitted stays.
     */
    invite(args: {
        solver: string | Address;
        invited: boolean;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
}
export declare class Client extends ContractClient {
    readonly options: ContractClientOptions;
    constructor(options: ContractClientOptions);
    static deploy<T = Client>(args: {
        owner: string | Address;
        records: string | Address | null;
        paid_submissions: number;
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
        admits: (json: string) => AssembledTransaction<boolean>;
        config: (json: string) => AssembledTransaction<Config>;
        invite: (json: string) => AssembledTransaction<void>;
    };
    /** @deprecated Use fromJson instead. */
    readonly fromJSON: {
        admits: (json: string) => AssembledTransaction<boolean>;
        config: (json: string) => AssembledTransaction<Config>;
        invite: (json: string) => AssembledTransaction<void>;
    };
    /**
     * Parse a raw contract event (topics + data) into a typed {@link ContractEvent}.
     */
    parseEvent(topics: xdr.ScVal[] | string[], data: xdr.ScVal | string): ContractEvent | undefined;
    /**
     * Build a topics filter row for the "InvitationChanged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    invitationChangedEventFilter(topicValues?: {
        solver?: string | Address;
    }): string[];
}
