import '../../style/people.css'
import { closePeopleDialog, peopleDialog } from '../../state/dialogs.ts'
import { p } from '../../words/people/p.ts'
import { Dialog } from '../dialog.tsx'
import { BlockForm } from './block-form.tsx'
import { EraseForm } from './erase-form.tsx'
import { MergeContacts } from './merge-contacts.tsx'
import { MergeConversations } from './merge-conversations.tsx'
import { nameOf } from './name-of.ts'

/** Questions about a contact that want an answer before anything is done. */
export const PeopleDialogs = () => {
  const opened = peopleDialog.value
  if (opened === null) return null
  switch (opened.name) {
    case 'mergeContacts':
      return (
        <Dialog label={p().mergeTitle(nameOf(opened.contact))} kind="people" onClose={closePeopleDialog}>
          <MergeContacts into={opened.contact} />
        </Dialog>
      )
    case 'mergeConversations':
      return (
        <Dialog label={p().mergeConversationTitle} kind="people" onClose={closePeopleDialog}>
          <MergeConversations id={opened.conversation} />
        </Dialog>
      )
    case 'block':
      return (
        <Dialog label={p().addBlock} kind="people" onClose={closePeopleDialog}>
          <BlockForm contact={opened.contact} />
        </Dialog>
      )
    case 'erase':
      return (
        <Dialog label={p().eraseTitle(nameOf(opened.contact))} kind="people" onClose={closePeopleDialog}>
          <EraseForm contact={opened.contact} />
        </Dialog>
      )
  }
}
