import type { Money } from './money.ts'
import type { ProviderTemplate } from './provider-template.ts'

/** Fields of a contact that an answer can be kept in. */
export const savedFields = ['name', 'firstName', 'email', 'phone', 'language', 'country'] as const

/**
 * Where the answer to a field is kept on the contact: a field of its own, or a custom attribute by its id. A contact's
 * company is the id of a company, which nobody types: what people call theirs goes into an attribute.
 */
export type SaveTo =
  | { readonly _tag: 'Field'; readonly field: (typeof savedFields)[number] }
  | { readonly _tag: 'Custom'; readonly attribute: string }

/** One question of a form. */
export interface FormField {
  /** Unique in its form. */
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'longText' | 'email' | 'phone' | 'number' | 'date' | 'choice' | 'yesNo'
  readonly required: boolean
  /** Of the kind `choice`. */
  readonly choices?: ReadonlyArray<string>
  readonly saveTo?: SaveTo
}

/** Questions that are asked in a chat. `id` names the form, so that an answer says what it answers. */
export interface Form {
  readonly id: string
  readonly title: string
  readonly fields: ReadonlyArray<FormField>
}

/**
 * Parts beyond words and files. A channel that cannot show one gets it as plain text.
 *
 * - `Form` asks, `FormAnswer` answers: values by field name. `labels` are what the customer read beside the fields: the
 *   engine takes them from the form, so that an answer can be read wherever it goes, and also when the form is gone.
 * - `Choices` offers buttons, `Chosen` is the one that was pressed.
 * - `Product`, `PaymentLink` and `CompanyDetails` are offers.
 * - `ProviderTemplate` is a message that the provider has approved, with what is filled into it.
 * - `Order` is what a customer has put together in the provider's catalogue.
 * - `Referral` is what a customer came from: an advertisement, a link, a story that is answered.
 * - `Unsupported` stands for something that the provider does not hand on or that nobody here knows: `kind` is the
 *   provider's word for it, and its bytes are in the message's `meta` or in the quarantine.
 */
export type RichPart =
  | { readonly _tag: 'Form'; readonly form: Form }
  | {
      readonly _tag: 'FormAnswer'
      readonly form: string
      readonly values: Readonly<Record<string, string | number | boolean>>
      readonly labels?: Readonly<Record<string, string>>
    }
  | {
      readonly _tag: 'Choices'
      readonly choices: ReadonlyArray<{ readonly id: string; readonly label: string }>
    }
  | { readonly _tag: 'Chosen'; readonly choice: string; readonly label: string }
  | {
      readonly _tag: 'Product'
      readonly title: string
      readonly description?: string
      readonly price?: Money
      readonly url?: string
    }
  | { readonly _tag: 'PaymentLink'; readonly title: string; readonly price: Money; readonly url: string }
  | {
      readonly _tag: 'CompanyDetails'
      readonly name: string
      /** Lines such as an address, a registration number, bank details. */
      readonly lines: ReadonlyArray<string>
      readonly url?: string
    }
  | {
      readonly _tag: 'ContactCard'
      readonly name: string
      readonly emails: ReadonlyArray<string>
      readonly phones: ReadonlyArray<string>
      readonly company?: string
    }
  | {
      readonly _tag: 'Location'
      /** Degrees, WGS 84. */
      readonly latitude: number
      readonly longitude: number
      readonly label?: string
      readonly address?: string
    }
  | ProviderTemplate
  | {
      readonly _tag: 'Order'
      readonly items: ReadonlyArray<{ readonly id: string; readonly quantity: number; readonly price?: Money }>
      readonly catalog?: string
      /** What the customer wrote beside it. */
      readonly text?: string
    }
  | {
      readonly _tag: 'Referral'
      /** The provider's word: `ad`, `post`, `story`, `link`, … */
      readonly source: string
      readonly id?: string
      readonly title?: string
      readonly text?: string
      readonly url?: string
    }
  | { readonly _tag: 'Unsupported'; readonly kind: string; readonly note?: string }

/** The tags of all parts beyond words and files. */
export const richParts = [
  'Form',
  'FormAnswer',
  'Choices',
  'Chosen',
  'Product',
  'PaymentLink',
  'CompanyDetails',
  'ContactCard',
  'Location',
  'ProviderTemplate',
  'Order',
  'Referral',
  'Unsupported',
] as const satisfies ReadonlyArray<RichPart['_tag']>
