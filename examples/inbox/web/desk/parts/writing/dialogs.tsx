import '../../style/writing-dialogs.css'
import { asked } from '../../state/asked.ts'
import { ApprovedTemplates } from './approved-templates.tsx'
import { Discuss } from './discuss.tsx'
import { Insert } from './insert.tsx'
import { NewConversation } from './new-conversation.tsx'
import { Print } from './print.tsx'
import { SaveTemplate } from './save-template.tsx'

/** The window that is open over the desk. */
export const WritingDialogs = () => {
  const what = asked.value
  switch (what?._tag) {
    case undefined:
      return null
    case 'NewConversation':
      return <NewConversation />
    case 'Insert':
      return <Insert key={what.kind} id={what.conversation} kind={what.kind} />
    case 'Approved':
      return <ApprovedTemplates id={what.conversation} />
    case 'Discuss':
      return <Discuss id={what.conversation} seq={what.message} />
    case 'SaveTemplate':
      return <SaveTemplate id={what.conversation} seq={what.message} />
    case 'Print':
      return <Print id={what.conversation} />
  }
}
