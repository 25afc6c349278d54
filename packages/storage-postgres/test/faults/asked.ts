/** What a caller wants of an engine: that it takes a customer's message in, or that an agent answers. */
export type Asked =
  | {
      readonly _tag: 'Receive'
      readonly to: string
      readonly id: string
      readonly from: string
      readonly text: string
    }
  | {
      readonly _tag: 'Reply'
      readonly workspace: string
      readonly conversation: string
      readonly key: string
      readonly text: string
    }

/**
 * Only what is `Done` has been acknowledged. Who is told to come `Again`, or hears nothing, asks the same once more;
 * nobody here may be told that it is no use.
 */
export type Answer =
  | { readonly _tag: 'Done'; readonly conversation: string | undefined }
  | { readonly _tag: 'Again'; readonly why: string }
  | { readonly _tag: 'Never'; readonly why: string }

/** A message that is handed to the provider. */
export interface Handed {
  readonly account: string
  /** The same for every attempt at it. */
  readonly key: string
  readonly text: string
}
