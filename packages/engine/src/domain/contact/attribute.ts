/** What a custom attribute holds. Dates are `YYYY-MM-DD`. */
export type AttributeValue = string | number | boolean

/** A custom attribute of contacts or conversations: its values are checked against this. */
export interface AttributeDefinition {
  readonly id: string
  readonly name: string
  readonly on: 'contact' | 'conversation'
  readonly kind: 'text' | 'number' | 'boolean' | 'date' | 'choice'
  /** Of the kind `choice`: what can be chosen. */
  readonly choices?: ReadonlyArray<string>
}
