import { Icon } from '../../shared/icon.tsx'
import { commands } from '../commands.ts'
import { helpOpen } from '../state/menus.ts'
import { t } from '../words/t.ts'
import { Dialog } from './dialog.tsx'
import { Key } from './key.tsx'

/** Every key, from the list that the keys themselves come from. */
export const Help = () => {
  const words = t()
  const fixed = [
    { key: '^+↵', label: words.key_send },
    { key: '^+⇧+↵', label: words.key_sendClose },
    { key: '^+K', label: words.palette },
    { key: '↵', label: words.key_open },
    { key: 'Esc', label: words.key_back },
  ]
  // A key that does one thing or its opposite is listed once.
  const keyed = commands.flatMap(({ key, label, id }, at) =>
    key === undefined || id === 'previous' || commands.findIndex((one) => one.key === key) < at
      ? []
      : [{ key, label: label(), id }],
  )
  return (
    <Dialog
      label={words.help}
      kind="help"
      onClose={() => {
        helpOpen.value = false
      }}
    >
      <header>
        <h2>{words.help}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={words.closeHelp}
          onClick={() => {
            helpOpen.value = false
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      <dl class="help-keys">
        {[...fixed.map((one) => ({ ...one, id: one.key })), ...keyed].map(({ id, key, label }) => (
          <div key={id} class="fact">
            <dt>{label}</dt>
            <dd>
              {id === 'next' ? (
                <>
                  <Key of="j" /> <Key of="k" />
                </>
              ) : (
                <Key of={key} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
