import type { Money } from './money.ts'

/**
 * A value in the words of a template: a text, in its place by order. With a `name` it goes to the place of that name. A
 * price and a time are written by the provider as the customer's country does, and as `text` where it cannot.
 */
export type TemplateValue =
  | string
  | { readonly _tag: 'Text'; readonly text: string; readonly name?: string }
  | { readonly _tag: 'Currency'; readonly price: Money; readonly text: string; readonly name?: string }
  | { readonly _tag: 'DateTime'; readonly text: string; readonly name?: string }

/** What stands above the words: a value in its line, a file that the provider fetches from `url`, or a place. */
export type TemplateHeader =
  | { readonly _tag: 'Text'; readonly text: string; readonly name?: string }
  | {
      readonly _tag: 'Media'
      readonly kind: 'image' | 'video' | 'document'
      readonly url: string
      /** What a document is called where it is shown. */
      readonly filename?: string
    }
  | {
      readonly _tag: 'Location'
      /** Degrees, WGS 84. */
      readonly latitude: number
      readonly longitude: number
      readonly label?: string
      readonly address?: string
    }

/** What a button of a template needs. `index` is its place among all its buttons, from 0 to 9. */
export type TemplateButton =
  /** `payload` comes back when it is pressed. */
  | { readonly _tag: 'QuickReply'; readonly index: number; readonly payload: string }
  /** `suffix` ends the address that the template begins. */
  | { readonly _tag: 'Url'; readonly index: number; readonly suffix: string }
  | { readonly _tag: 'CopyCode'; readonly index: number; readonly code: string }
  /** `token` comes back with the answers. */
  | { readonly _tag: 'Flow'; readonly index: number; readonly token?: string }
  /** `product` is the one in its picture, by its id in the catalogue. */
  | { readonly _tag: 'Catalog'; readonly index: number; readonly product?: string }

/** A message that the provider has approved, and what is filled into it. `text` is what it says then. */
export interface ProviderTemplate {
  readonly _tag: 'ProviderTemplate'
  readonly name: string
  readonly language: string
  /** In its words, in their order. */
  readonly values: ReadonlyArray<TemplateValue>
  readonly text: string
  readonly header?: TemplateHeader
  /** Only those that need something; at most one for each. */
  readonly buttons?: ReadonlyArray<TemplateButton>
}
