/** One question of a form, with nothing of what is done with its answer. */
export interface FieldFrame {
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'longText' | 'email' | 'phone' | 'number' | 'date' | 'choice' | 'yesNo'
  readonly required: boolean
  readonly choices?: ReadonlyArray<string>
  /** A token of the HTML attribute `autocomplete`. */
  readonly autocomplete?: string
}

/** A link of a card: `as` is what it leads to, where its text does not say so. */
export interface LinkFrame {
  readonly url: string
  readonly text?: string
  readonly as?: 'see' | 'pay' | 'map'
}

/** A part of a message beyond words and files, as the visitor's browser shows it. */
export type PartFrame =
  | { readonly type: 'form'; readonly id: string; readonly title: string; readonly fields: ReadonlyArray<FieldFrame> }
  /** The visitor has answered the form of this id. */
  | { readonly type: 'answer'; readonly form: string }
  | { readonly type: 'choices'; readonly choices: ReadonlyArray<{ readonly id: string; readonly label: string }> }
  /** The visitor has chosen this one. */
  | { readonly type: 'chosen'; readonly id: string; readonly label: string }
  /** A product, a payment, a company, a person, a place. */
  | {
      readonly type: 'card'
      readonly title: string
      /** An amount and its currency, written out: browsers do not agree on how many decimals each currency has. */
      readonly price?: string
      readonly lines: ReadonlyArray<string>
      readonly links: ReadonlyArray<LinkFrame>
    }

/** What the visitor answers, beside no text. */
export type AnswerFrame =
  | {
      readonly type: 'answer'
      readonly form: string
      readonly values: Readonly<Record<string, string | number | boolean>>
    }
  | { readonly type: 'chosen'; readonly id: string; readonly label: string }
