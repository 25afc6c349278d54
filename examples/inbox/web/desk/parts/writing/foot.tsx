import { Icon } from '../../../shared/icon.tsx'
import type { IconName } from '../../../shared/icon-shapes.ts'
import type { Summary } from '../../api.ts'
import type { Mode } from '../../state/drafts.ts'
import { type MenuName, menu, openMenu } from '../../state/menus.ts'
import { t } from '../../words/t.ts'

const Opener = ({
  name,
  icon,
  label,
  current,
  disabled,
}: {
  readonly name: MenuName
  readonly icon: IconName
  readonly label: string
  readonly current: Summary
  readonly disabled: boolean
}) => (
  <button
    type="button"
    class="icon-button"
    data-menu={name}
    aria-label={label}
    title={label}
    aria-haspopup="dialog"
    aria-expanded={menu.value?.name === name}
    disabled={disabled}
    onClick={(event) => openMenu(name, current.id, event.currentTarget)}
  >
    <Icon name={icon} />
  </button>
)

/** What can be put into an answer, and the ways in which it leaves. */
export const Foot = ({
  current,
  mode,
  empty,
  blocked,
  mayAttach,
  withFiles,
  attach,
  sendAndClose,
}: {
  readonly current: Summary
  readonly mode: Mode
  readonly empty: boolean
  readonly blocked: boolean
  readonly mayAttach: boolean
  readonly withFiles: boolean
  readonly attach: () => void
  readonly sendAndClose: () => void
}) => {
  const reply = mode === 'reply'
  return (
    <div class="composer-foot">
      <button
        type="button"
        class="icon-button"
        aria-label={t().attach}
        title={t().attach}
        disabled={blocked || !mayAttach}
        onClick={attach}
      >
        <Icon name="paperclip" />
      </button>
      <Opener name="template" icon="note" label={t().insertTemplate} current={current} disabled={blocked} />
      {reply && <Opener name="insert" icon="plus" label={t().insert} current={current} disabled={blocked} />}
      <span class="grow" />
      {reply && (
        <>
          <Opener
            name="schedule"
            icon="clock"
            label={withFiles ? t().filesCannotWait : t().schedule}
            current={current}
            disabled={empty || blocked || withFiles}
          />
          <button
            type="button"
            class="button send-close"
            disabled={empty || blocked}
            aria-keyshortcuts="Control+Shift+Enter"
            title={`${t().sendAndClose} (^⇧↵)`}
            onClick={sendAndClose}
          >
            {t().sendAndClose}
          </button>
        </>
      )}
      <button type="submit" class="button primary" disabled={empty || blocked} aria-keyshortcuts="Control+Enter">
        {reply ? t().send : current.channel === 'internal' ? t().say : t().sendNote}
        <span class="keys" aria-hidden="true">
          <kbd>^↵</kbd>
        </span>
      </button>
    </div>
  )
}
