/** What a parameter of a metric may be, as data: for checks, documents, forms and the JSON Schema. */

/** What a parameter may be. One without `default` is needed where `needed` is set, and otherwise means what `words` says. */
export type ParamSpec = { readonly words: string } & (
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly default: string }
  | {
      readonly kind: 'number'
      readonly min?: number
      readonly max?: number
      /** Greater than this. */
      readonly above?: number
      /** Less than this. */
      readonly below?: number
      readonly integer?: true
      readonly default?: number
      readonly needed?: true
    }
  | { readonly kind: 'boolean'; readonly default: boolean }
  | { readonly kind: 'label' }
  | { readonly kind: 'labels' }
  | {
      readonly kind: 'numbers'
      readonly min?: number
      readonly default?: readonly number[]
      readonly max?: number
      /** How many there may be. */
      readonly maxItems?: number
    }
)

export type ParamSpecs = Readonly<Record<string, ParamSpec>>
