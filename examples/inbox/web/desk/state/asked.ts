import { signal } from '@preact/signals'

export type InsertKind = 'Form' | 'Choices' | 'Product' | 'PaymentLink' | 'CompanyDetails' | 'ContactCard' | 'Location'

/** What is asked in a window over the desk. */
export type Asked =
  /** To somebody who is chosen already, by an account that reaches her. */
  | {
      readonly _tag: 'NewConversation'
      readonly to?: { readonly contact: string; readonly name: string; readonly account: string }
    }
  | { readonly _tag: 'Insert'; readonly conversation: string; readonly kind: InsertKind }
  | { readonly _tag: 'Approved'; readonly conversation: string }
  | { readonly _tag: 'Discuss'; readonly conversation: string; readonly message: number }
  | { readonly _tag: 'SaveTemplate'; readonly conversation: string; readonly message: number }
  | { readonly _tag: 'Print'; readonly conversation: string }

export const asked = signal<Asked | null>(null)

export const closeAsked = (): void => {
  asked.value = null
}
