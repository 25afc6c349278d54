// What docs/features.md lists, in the order of the page.
import { beyond } from './parts/beyond.ts'
import { bots } from './parts/bots.ts'
import { channels } from './parts/channels.ts'
import { contacts } from './parts/contacts.ts'
import { figures } from './parts/figures.ts'
import { messages } from './parts/messages.ts'
import { queues } from './parts/queues.ts'
import { reading } from './parts/reading.ts'
import { states } from './parts/states.ts'
import { translation } from './parts/translation.ts'
import { writing } from './parts/writing.ts'
import type { Section } from './row.ts'

export const sections: ReadonlyArray<Section> = [
  states,
  reading,
  writing,
  contacts,
  queues,
  messages,
  bots,
  translation,
  figures,
  channels,
  beyond,
]
