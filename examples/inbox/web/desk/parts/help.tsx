import '../style/help.css'
import { Icon } from '../../shared/icon.tsx'
import { letterKeys } from '../../shared/preferences.ts'
import { commands } from '../commands.ts'
import { helpOpen } from '../state/menus.ts'
import { t } from '../words/t.ts'
import { w } from '../words/writing/w.ts'
import { Dialog } from './dialog.tsx'
import { Key } from './key.tsx'

const close = (): void => {
  helpOpen.value = false
}

interface Line {
  readonly id: string
  readonly keys: ReadonlyArray<string>
  readonly label: string
}

type Group = 'move' | 'conversation' | 'write' | 'window'
const groups: ReadonlyArray<Group> = ['move', 'conversation', 'write', 'window']

const moving: ReadonlySet<string> = new Set(['next', 'openHere', 'back', 'search', 'filter', 'nav', 'details'])
const window: ReadonlySet<string> = new Set(['help', 'under', 'undo'])
const writing: ReadonlySet<string> = new Set(['reply', 'note', 'newConversation'])
/** What stands beside another key of the same meaning. */
const besides: ReadonlySet<string> = new Set(['previous', 'rightPane'])

const groupOf = (id: string, key: string): Group => {
  if (key.startsWith('g ') || moving.has(id)) return 'move'
  if (window.has(id)) return 'window'
  return writing.has(id) ? 'write' : 'conversation'
}

const keysOf = (id: string, key: string): ReadonlyArray<string> =>
  id === 'next'
    ? ['j', 'k']
    : id === 'details'
      ? ['i', ']']
      : id === 'openHere'
        ? ['o', '↵']
        : id === 'back'
          ? ['u', 'Esc']
          : [key]

/** Several acts of one key, of which one is meant at a time, stand in one line. */
const linesOf = (group: Group): ReadonlyArray<Line> =>
  commands.flatMap(({ id, key, label }, at) => {
    if (key === undefined || besides.has(id) || groupOf(id, key) !== group) return []
    if (commands.findIndex((one) => one.key === key) < at) return []
    const others = commands.filter((one) => one.key === key && one.id !== id && !one.id.startsWith('bulk'))
    const named = id.startsWith('bulk')
      ? others.map((one) => one.label())
      : [label(), ...others.map((one) => one.label())]
    return [{ id, keys: keysOf(id, key), label: [...new Set(named)].join(' · ') }]
  })

const fixed = (): Readonly<Record<Group, ReadonlyArray<Line>>> => ({
  move: [{ id: 'palette', keys: ['^+K'], label: t().palette }],
  conversation: [],
  write: [
    { id: 'send', keys: ['^+↵'], label: t().key_send },
    { id: 'sendClose', keys: ['^+⇧+↵'], label: t().key_sendClose },
    { id: 'slash', keys: ['/'], label: w().key_slash },
    { id: 'at', keys: ['@'], label: w().key_at },
    { id: 'colon', keys: [':'], label: w().key_colon },
  ],
  window: [{ id: 'calls', keys: ['^+.'], label: w().engineCallShow }],
})

const Off = () =>
  letterKeys.value ? null : (
    <p class="help-off">
      {w().keysAreOff}
      <button
        type="button"
        class="link"
        onClick={() => {
          letterKeys.value = true
        }}
      >
        {t().keysOn}
      </button>
    </p>
  )

/** Every key, from the list that the keys themselves come from. */
export const Help = () => (
  <Dialog label={t().help} kind="help" onClose={close}>
    <header>
      <h2>{t().help}</h2>
      <button type="button" class="icon-button" aria-label={t().closeHelp} onClick={close}>
        <Icon name="close" />
      </button>
    </header>
    <Off />
    <div class="help-keys">
      {groups.map((group) => (
        <section key={group} aria-label={t()[`group_${group}`]}>
          <h3>{t()[`group_${group}`]}</h3>
          <dl>
            {[...linesOf(group), ...fixed()[group]].map(({ id, keys, label }) => (
              <div key={id} class="fact">
                <dt>{label}</dt>
                <dd>
                  {keys.map((key) => (
                    <Key key={key} of={key} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  </Dialog>
)
