/** An amount in the smallest unit of its currency (ISO 4217): 1250 EUR is 12.50 euros. */
export interface Money {
  readonly amount: number
  readonly currency: string
}
