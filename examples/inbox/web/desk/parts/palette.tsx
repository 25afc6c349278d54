import { useEffect, useRef, useState } from 'preact/hooks'
import { ask, type Found } from '../api.ts'
import { commands, current, usable } from '../commands.ts'
import { displayName, known, learn } from '../state/conversations.ts'
import { paletteOpen } from '../state/menus.ts'
import { open } from '../state/thread.ts'
import { t } from '../words/t.ts'
import { type Choice, Choices, plain } from './choices.tsx'
import { Dialog } from './dialog.tsx'

const close = (): void => {
  paletteOpen.value = false
}
const then = (run: () => void) => () => {
  close()
  // The dialog gives the focus back when it closes; what runs may want it elsewhere.
  setTimeout(run)
}

const commandChoices = (text: string): ReadonlyArray<Choice> =>
  commands
    .filter((command) => usable(command) && plain(command.label()).includes(text))
    .filter((command) => !['next', 'previous', 'search'].includes(command.id))
    .map((command) => ({
      id: command.id,
      label: command.label(),
      group: t().commands,
      icon: command.icon,
      ...(command.key === undefined ? {} : { key: command.key }),
      run: then(() => command.run(current())),
    }))

const conversationChoices = (text: string): ReadonlyArray<Choice> =>
  text === ''
    ? []
    : [...known.value.values()]
        .filter((one) =>
          plain(`${displayName(one)} ${one.contact.address} ${one.title ?? ''} ${one.subject ?? ''}`).includes(text),
        )
        .slice(0, 5)
        .map((one) => ({
          id: one.id,
          label: displayName(one),
          group: t().contacts,
          icon: one.channel === 'email' ? 'mail' : 'chat',
          hint: one.subject ?? one.preview ?? '',
          run: then(() => void open(one.id)),
        }))

/** How long the typing must rest before the server is asked, in milliseconds. */
const rest = 140

/** Every command with its key, and everything that was ever written. */
export const Palette = () => {
  const [text, setText] = useState('')
  const [found, setFound] = useState<Found['items']>([])
  const asked = useRef('')
  useEffect(() => {
    asked.current = text
    const words = text.trim()
    if (words.length < 2) return setFound([])
    const timer = setTimeout(async () => {
      const answer = await ask<Found>('/api/search', { q: words, limit: 8 })
      if (!answer.ok || asked.current !== text) return
      learn(answer.value.items.map(({ conversation }) => conversation))
      setFound(answer.value.items)
    }, rest)
    return () => clearTimeout(timer)
  }, [text])
  const wanted = plain(text.trim())
  const choices: ReadonlyArray<Choice> = [
    ...commandChoices(wanted),
    ...conversationChoices(wanted),
    ...found.map(
      ({ conversation, seq, snippet }): Choice => ({
        id: `${conversation.id}-${seq}`,
        label: displayName(conversation),
        group: t().messages,
        icon: 'search',
        hint: snippet.replace(/<[^>]*>/g, ''),
        run: then(() => void open(conversation.id)),
      }),
    ),
  ]
  return (
    <Dialog label={t().palette} kind="palette" onClose={close}>
      <Choices label={t().palette} placeholder={t().paletteHint} choices={choices} onFilter={setText} />
    </Dialog>
  )
}
