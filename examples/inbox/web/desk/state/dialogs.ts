import type { ContactView } from '@guichet/engine'
import { signal } from '@preact/signals'

/** What asks for an answer in a window of its own: things that cannot be undone, or need to be looked at first. */
export type PeopleDialog =
  | { readonly name: 'mergeContacts'; readonly contact: ContactView }
  | { readonly name: 'mergeConversations'; readonly conversation: string }
  | { readonly name: 'block'; readonly contact: ContactView }
  | { readonly name: 'erase'; readonly contact: ContactView }

export const peopleDialog = signal<PeopleDialog | null>(null)

export const closePeopleDialog = (): void => {
  peopleDialog.value = null
}
