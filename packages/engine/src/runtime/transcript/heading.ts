import type { TranscriptLabels } from '../../domain/transcript/labels.ts'
import type { ToldConversation } from './conversation.ts'

/** What stands above a transcript. */
export const headingOf = ({ subject, contact }: ToldConversation, { heading }: TranscriptLabels): string =>
  subject ?? heading.replaceAll('{contact}', () => contact)
