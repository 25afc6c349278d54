import { Icon } from '../../../shared/icon.tsx'
import { dateAndTime } from '../../../shared/time.ts'
import type { Summary } from '../../api.ts'
import { write } from '../../state/composer.ts'
import { threadOf } from '../../state/thread.ts'
import { agentShort } from '../../state/workspace.ts'
import { p } from '../../words/people/p.ts'
import { Section } from './section.tsx'

const shownNotes = 4

/** The newest notes of the conversation, as far as it is on this page. */
export const Notes = ({ current }: { readonly current: Summary }) => {
  const notes = [...threadOf(current.id).messages.values()]
    .filter(({ direction, deleted }) => direction === 'note' && !deleted)
    .sort((a, b) => b.seq - a.seq)
    .slice(0, shownNotes)
  return (
    <Section id="notes" title={p().notes} count={notes.length}>
      <ul class="notes amber">
        {notes.map((note) => (
          <li key={note.seq}>
            <p>{note.text}</p>
            <p class="notes-by">
              {agentShort(note.author.id)} · {dateAndTime(note.sentAt)}
            </p>
          </li>
        ))}
      </ul>
      <button type="button" class="tag-chip add" onClick={() => write('note')}>
        <Icon name="plus" size={12} />
        {p().addNote}
      </button>
    </Section>
  )
}
