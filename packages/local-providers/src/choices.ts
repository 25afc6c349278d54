/** What can be tapped below a message, and how the answer is told. */
export interface Choices {
  readonly as: 'button_reply' | 'list_reply' | 'button' | 'quick_reply' | 'postback'
  readonly choices: ReadonlyArray<{ readonly id: string; readonly label: string }>
}

/** What was tapped, where that is what a customer says. */
export interface Tapped {
  readonly as: Choices['as']
  readonly id: string
}
