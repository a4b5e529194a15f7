/** The part of the WebAssembly API that evaluators need, which Node and browsers share and neither's types declare for both. */

export interface Global {
  value: number | bigint
}

export interface Memory {
  readonly buffer: ArrayBuffer
}

type ErrorClass = abstract new (...args: never[]) => Error

interface Api {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object, imports?: object) => { readonly exports: object }
  readonly RuntimeError: ErrorClass
  readonly LinkError: ErrorClass
  validate(bytes: Uint8Array<ArrayBuffer>): boolean
}

export const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: Api }
