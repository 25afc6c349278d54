import type { ChatMessage } from '../client/types.ts'

export interface PartActs {
  readonly answer: (form: string, values: Readonly<Record<string, string | number | boolean>>) => void
  readonly choose: (choice: { readonly id: string; readonly label: string }) => void
  /** Nothing is left to do where the focus was. */
  readonly done: () => void
}

/** A part in the page; `update` hears what answers it, from the moment it is on its way. */
export interface PartView {
  readonly node: HTMLElement
  readonly update?: (answer: ChatMessage | undefined) => void
}
