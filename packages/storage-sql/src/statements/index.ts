import { conversationStatements } from './conversations.ts'
import { documentStatements } from './documents.ts'
import { journalStatements } from './journal.ts'
import { listStatements } from './list.ts'
import { recordStatements } from './records.ts'
import { workStatements } from './work.ts'

/** Every query whose shape is fixed. */
export const statements = {
  ...conversationStatements,
  ...documentStatements,
  ...journalStatements,
  ...listStatements,
  ...recordStatements,
  ...workStatements,
} as const
