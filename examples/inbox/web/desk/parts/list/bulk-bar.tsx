import { Icon } from '../../../shared/icon.tsx'
import type { IconName } from '../../../shared/icon-shapes.ts'
import { bulk } from '../../state/bulk.ts'
import { type MenuName, openMenu } from '../../state/menus.ts'
import { markAll, markedRows, markNone } from '../../state/selection.ts'
import { around } from '../../words/counter/around.ts'
import { t } from '../../words/t.ts'

const BulkButton = ({
  label,
  icon,
  act,
  opens,
  onPress,
}: {
  readonly label: string
  readonly icon: IconName
  readonly act: string
  readonly opens?: MenuName
  readonly onPress?: () => void
}) => (
  <button
    type="button"
    class="icon-button"
    aria-label={label}
    title={label}
    data-bulk={act}
    data-menu={opens}
    aria-haspopup={opens === undefined ? undefined : 'dialog'}
    onClick={(event) => {
      if (opens === undefined) onPress?.()
      else openMenu(opens, null, event.currentTarget)
    }}
  >
    <Icon name={icon} />
  </button>
)

/** What can be done to everything that is marked. */
export const BulkBar = () => {
  const words = t()
  return (
    <div class="bulk" role="toolbar" aria-label={around().bulkBar}>
      <span class="bulk-count" role="status">
        {words.marked(markedRows.value.length)}
      </span>
      <BulkButton act="close" icon="check" label={words.close} onPress={() => void bulk({ _tag: 'Close' })} />
      <BulkButton act="assign" icon="user" label={words.assignTo} opens="bulkAssign" />
      <BulkButton act="tag" icon="tag" label={words.tag} opens="bulkTag" />
      <BulkButton act="snooze" icon="clock" label={words.snooze} opens="bulkSnooze" />
      <BulkButton act="archive" icon="archive" label={words.archive} onPress={() => void bulk({ _tag: 'Archive' })} />
      <BulkButton act="read" icon="checks" label={words.markRead} onPress={() => void bulk({ _tag: 'MarkRead' })} />
      <span class="grow" />
      <BulkButton act="all" icon="list" label={words.markAll} onPress={markAll} />
      <BulkButton act="none" icon="close" label={words.markNone} onPress={markNone} />
    </div>
  )
}
