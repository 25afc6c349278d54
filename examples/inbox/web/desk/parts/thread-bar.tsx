import { Icon } from '../../shared/icon.tsx'
import type { Summary } from '../api.ts'
import { type Command, current, keyLabel, shortcutOf, usable } from '../commands/command.ts'
import { assign, claim, close, lock, notSpam, reopen, snooze, unarchive, unlock } from '../commands/shown.ts'
import { displayName } from '../state/conversations.ts'
import { isPending } from '../state/patches.ts'
import { openMenu } from '../state/menus.ts'
import { detailsShown, pane } from '../state/place.ts'
import { agentShort } from '../state/workspace.ts'
import { channelName } from '../words/channel-name.ts'
import { t } from '../words/t.ts'
import { Key } from './key.tsx'

/** The others are in their tooltips: the name of the customer needs the room. */
const shownKeys = new Set(['claim', 'close', 'reopen'])

const BarButton = ({
  command,
  label,
  opens,
}: {
  readonly command: Command
  readonly label?: string
  readonly opens?: 'assign' | 'snooze'
}) => {
  if (!usable(command)) return null
  return (
    <button
      type="button"
      class="button"
      data-act={command.id}
      data-menu={opens}
      aria-haspopup={opens === undefined ? undefined : 'dialog'}
      aria-keyshortcuts={shortcutOf(command.key)}
      title={command.key === undefined ? command.label() : `${command.label()} (${keyLabel(command.key).join(' ')})`}
      onClick={(event) => {
        if (opens !== undefined) openMenu(opens, current()?.id ?? null, event.currentTarget)
        else command.run(current())
      }}
    >
      <Icon name={command.icon} />
      <span class="button-label">{label ?? command.label()}</span>
      {shownKeys.has(command.id) && <Key of={command.key} />}
    </button>
  )
}

/** Whether it is kept for its owner alone, and the way to change that: seen without opening anything. */
const KeepButton = () => {
  const kept = usable(unlock)
  const command = kept ? unlock : lock
  if (!usable(command)) return null
  return (
    <button
      type="button"
      class="icon-button keep"
      data-act={command.id}
      aria-label={command.label()}
      aria-pressed={kept}
      title={command.label()}
      onClick={() => command.run(current())}
    >
      <Icon name={kept ? 'lock' : 'unlock'} />
    </button>
  )
}

export const ThreadBar = ({ summary }: { readonly summary: Summary }) => {
  return (
    <header class={`bar tall ${isPending(summary.id) ? 'pending' : ''}`}>
      <button
        type="button"
        class="icon-button phone-only"
        aria-label={t().back}
        onClick={() => {
          pane.value = 'list'
        }}
      >
        <Icon name="back" />
      </button>
      <div class="thread-title">
        <h2>{summary.title ?? displayName(summary)}</h2>
        <p>
          {[
            summary.subject,
            channelName(summary.channel),
            summary.status === 'open' ? null : t()[`status_${summary.status}`],
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {summary.owner === null ? (
        <BarButton command={claim} label={t().claimShort} />
      ) : (
        <>
          <BarButton command={assign} opens="assign" label={agentShort(summary.owner)} />
          <KeepButton />
        </>
      )}
      <BarButton command={snooze} opens="snooze" label={t().snoozeShort} />
      <BarButton command={close} />
      <BarButton command={reopen} />
      <BarButton command={notSpam} />
      <BarButton command={unarchive} />
      <button
        type="button"
        class="icon-button"
        data-menu="more"
        aria-label={t().more}
        title={t().more}
        aria-haspopup="dialog"
        onClick={(event) => openMenu('more', summary.id, event.currentTarget)}
      >
        <Icon name="more" />
      </button>
      <button
        type="button"
        class="icon-button to-details"
        aria-label={t().details}
        title={t().details}
        aria-pressed={detailsShown.value}
        aria-keyshortcuts="i"
        onClick={() => {
          detailsShown.value = !detailsShown.value
        }}
      >
        <Icon name="panel" />
      </button>
    </header>
  )
}
