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
  const keyed = commands.flatMap(({ key, label, id }) =>
    key === undefined || id === 'previous' ? [] : [{ key, label: label(), id }],
  )
  return (
    <Dialog
      label={words.help}
      kind="help"
      onClose={() => {
        helpOpen.value = false
      }}
    >
      <h2>{words.help}</h2>
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
