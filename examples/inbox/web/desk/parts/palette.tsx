import '../style/palette.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { ask, type Found } from '../api.ts'
import { commands } from '../commands.ts'
import { current, usable } from '../commands/command.ts'
import { callOf, openingCall, searchCall } from '../commands/engine-calls.ts'
import { codeOf } from '../state/call-code.ts'
import { displayName, known, learn } from '../state/conversations.ts'
import { paletteOpen } from '../state/menus.ts'
import { callsShown } from '../state/palette.ts'
import { loadTemplates, templates } from '../state/templates.ts'
import { open } from '../state/thread.ts'
import { t } from '../words/t.ts'
import { w } from '../words/writing/w.ts'
import { Choices, plain } from './choices.tsx'
import { Dialog } from './dialog.tsx'
import { type Ranked, rank } from './palette/rank.ts'
import type { PaletteRow } from './palette/row.ts'
import { peopleRows, queueRows, templateRows } from './palette/rows.ts'

const close = (): void => {
  paletteOpen.value = false
}
const then = (run: () => void) => () => {
  close()
  // The dialog gives the focus back when it closes; what runs may want it elsewhere.
  setTimeout(run)
}

/** Through the list one goes by keys, and who is here need not come here. */
const unlisted: ReadonlySet<string> = new Set(['next', 'previous', 'back', 'openHere', 'rightPane'])

const commandRows = (): ReadonlyArray<PaletteRow> =>
  commands
    .filter((command) => usable(command) && !unlisted.has(command.id))
    .map((command) => ({
      id: command.id,
      label: command.label(),
      group: t().commands,
      icon: command.icon,
      ...(command.key === undefined ? {} : { key: command.key }),
      run: () => command.run(current()),
      call: callOf(command.id, current()),
    }))

const conversationRows = (): ReadonlyArray<PaletteRow> =>
  [...known.value.values()].map((one) => ({
    id: one.id,
    label: displayName(one),
    group: t().contacts,
    icon: one.channel === 'email' ? 'mail' : 'chat',
    hint: [one.title, one.subject, one.contact.address, one.preview].filter(Boolean)[0] ?? '',
    run: () => void open(one.id),
    call: openingCall(one.id),
  }))

/** As many of a kind as fit without hiding the others. */
const most = 6

const best = (rows: ReadonlyArray<PaletteRow>, wanted: string, limit = most): Ranked<PaletteRow> =>
  rank(rows, wanted, limit, ({ label, hint }) => [plain(label), plain(hint ?? '')])

/** How long the typing must rest before the server is asked, in milliseconds. */
const rest = 140

const useFound = (text: string): Found['items'] => {
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
  return found
}

const CallOfRow = ({ row }: { readonly row: PaletteRow | undefined }) => (
  <pre class="palette-call">{row?.call == null ? w().engineCallNone : codeOf(row.call)}</pre>
)

/** Every command with its key, everybody and everything that has a name, and everything that was ever written. */
export const Palette = () => {
  const [text, setText] = useState('')
  const [active, setActive] = useState<string | undefined>(undefined)
  const found = useFound(text)
  useEffect(() => {
    if (templates.peek() === null) void loadTemplates()
  }, [])
  const wanted = plain(text.trim())
  const here = current()
  const groups =
    wanted === ''
      ? [best(commandRows(), wanted, 200)]
      : [
          best(commandRows(), wanted, 12),
          ...[conversationRows(), peopleRows(), queueRows(), here === undefined ? [] : templateRows(here.id)].map(
            (group) => best(group, wanted),
          ),
        ]
  const rows: ReadonlyArray<PaletteRow> = [
    // What has a word that begins so comes before what only holds it.
    ...[...groups.filter(({ guessed }) => !guessed), ...groups.filter(({ guessed }) => guessed)].flatMap(
      (group) => group.rows,
    ),
    ...found.map(
      ({ conversation, seq, snippet }): PaletteRow => ({
        id: `${conversation.id}-${seq}`,
        label: displayName(conversation),
        group: t().messages,
        icon: 'search',
        hint: snippet.replace(/<[^>]*>/g, ''),
        run: () => void open(conversation.id, seq),
        call: searchCall(text.trim()),
      }),
    ),
  ]
  const toggle = () => {
    callsShown.value = !callsShown.value
  }
  return (
    <Dialog label={t().palette} kind="palette" onClose={close}>
      <div
        class="palette-body"
        onKeyDown={(event) => {
          if (!(event.ctrlKey || event.metaKey) || event.key !== '.') return
          event.preventDefault()
          toggle()
        }}
      >
        <Choices
          label={t().palette}
          placeholder={t().paletteHint}
          choices={rows.map((row) => ({ ...row, run: then(row.run) }))}
          onFilter={setText}
          onActive={(row) => setActive(row?.id)}
        />
        <footer class="palette-foot">
          <button
            type="button"
            class="link"
            aria-pressed={callsShown.value}
            aria-keyshortcuts="Control+."
            onClick={toggle}
          >
            {w().engineCallShow}
          </button>
          <span class="keys" aria-hidden="true">
            <kbd>^.</kbd>
          </span>
          {callsShown.value && <CallOfRow row={rows.find(({ id }) => id === active) ?? rows[0]} />}
        </footer>
      </div>
    </Dialog>
  )
}
