import { Icon } from '../../../shared/icon.tsx'
import { explain } from '../../state/acts.ts'
import { refusedOnes } from '../../state/bulk-refused.ts'
import { conversation, displayName } from '../../state/conversations.ts'
import { open } from '../../state/thread.ts'
import { around } from '../../words/counter/around.ts'
import { t } from '../../words/t.ts'

/** What could not be done to which conversation, and why, until it has been read. */
export const BulkRefused = () => {
  const refused = refusedOnes.value
  return (
    <section class="bulk-refused" role="alert" aria-label={around().bulkRefused(refused.length)}>
      <h3>
        <span class="grow">{around().bulkRefused(refused.length)}</span>
        <button
          type="button"
          class="icon-button small"
          aria-label={t().dismiss}
          onClick={() => {
            refusedOnes.value = []
          }}
        >
          <Icon name="close" size={14} />
        </button>
      </h3>
      <ul>
        {refused.map(({ id, failure }) => {
          const summary = conversation(id)
          return (
            <li key={id}>
              <span class="grow">
                <strong>{summary === undefined ? t().conversation : (summary.title ?? displayName(summary))}</strong>{' '}
                {explain(failure, id)}
              </span>
              {summary !== undefined && failure._tag !== 'NotFound' && (
                <button type="button" class="link" onClick={() => void open(id)}>
                  {around().bulkOpen}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
