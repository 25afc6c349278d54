import type { Block } from '@guichet/engine/domain'
import { useEffect, useState } from 'preact/hooks'
import { call } from '../../engine.ts'
import { may } from '../../state/permissions.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { BlockLine } from '../details/block-line.tsx'
import { BlockForm } from '../people/block-form.tsx'
import { nameOf } from '../people/name-of.ts'
import { ScreenFrame } from './screen.tsx'

const namesOf = async (blocks: ReadonlyArray<Block>): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(blocks.flatMap(({ target }) => (target._tag === 'Contact' ? [target.contact] : [])))]
  const found = await Promise.all(ids.map((id) => call('contacts.get', id)))
  return new Map(found.flatMap((answer, at) => (answer.ok ? [[ids[at] ?? '', nameOf(answer.value)] as const] : [])))
}

/** Everybody who is not heard, and why; lifted here, and added by hand. */
export const BlocksScreen = () => {
  const [blocks, setBlocks] = useState<ReadonlyArray<Block> | null>(null)
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const [adding, setAdding] = useState(false)
  const load = async () => {
    const answer = await call('blocks.list')
    if (!answer.ok) return
    setNames(await namesOf(answer.value))
    setBlocks(answer.value)
  }
  useEffect(() => void load(), [])
  const allowed = may('manageBlocks')
  return (
    <ScreenFrame
      name="blocks"
      title={t().screen_blocks}
      acts={
        allowed &&
        !adding && (
          <button type="button" class="button" onClick={() => setAdding(true)}>
            {p().addBlock}
          </button>
        )
      }
    >
      {!allowed && <p class="screen-note">{t().no_Forbidden}</p>}
      {adding && (
        <BlockForm
          onDone={() => {
            setAdding(false)
            void load()
          }}
        />
      )}
      {allowed && blocks !== null && blocks.length === 0 && !adding && <p class="screen-note">{p().noBlocks}</p>}
      <ul class="lines-list wide">
        {blocks?.map((block) => (
          <BlockLine
            key={block.id}
            block={block}
            contact={block.target._tag === 'Contact' ? (names.get(block.target.contact) ?? null) : null}
            liftable={allowed}
            onChange={load}
          />
        ))}
      </ul>
    </ScreenFrame>
  )
}
