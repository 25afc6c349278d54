import '../../style/people.css'
import '../../style/screens.css'
import { screen } from '../../state/place.ts'
import { BlocksScreen } from './blocks-screen.tsx'
import { ContactScreen } from './contact-screen.tsx'
import { ContactsScreen } from './contacts-screen.tsx'
import { QueuesScreen } from './queues-screen.tsx'
import { ReportsScreen } from './reports-screen.tsx'
import { SearchScreen } from './search-screen.tsx'
import { TagsScreen } from './tags-screen.tsx'
import { TemplatesScreen } from './templates-screen.tsx'

/** What stands in the place of the conversations. */
export const ScreenView = () => {
  switch (screen.value?.name) {
    case 'search':
      return <SearchScreen />
    case 'contacts':
      return <ContactsScreen />
    case 'contact':
      return <ContactScreen key={screen.value.of['who']} id={screen.value.of['who'] ?? ''} />
    case 'tags':
      return <TagsScreen />
    case 'blocks':
      return <BlocksScreen />
    case 'reports':
      return <ReportsScreen />
    case 'queues':
      return <QueuesScreen />
    case 'templates':
      return <TemplatesScreen />
    case undefined:
      return null
  }
}
