import type { Block } from '@guichet/engine/domain'
import { fullDate } from '../../../shared/time.ts'
import { call } from '../../engine.ts'
import { say } from '../../state/say.ts'
import { accountName, agentShort } from '../../state/workspace.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'

/** Whom a block keeps out, in words. */
const whom = ({ target }: Block, contact: string | null): string => {
  switch (target._tag) {
    case 'Contact':
      return contact ?? t().screen_contact
    case 'Identity':
      return target.account === undefined ? target.address : `${target.address} · ${accountName(target.account)}`
    case 'Ip':
      return target.range
    case 'Pattern':
      return target.pattern
  }
}

/** One block: whom, why, by whom, until when, and how to lift it. */
export const BlockLine = ({
  block,
  contact = null,
  liftable,
  onChange,
}: {
  readonly block: Block
  readonly contact?: string | null
  readonly liftable: boolean
  readonly onChange: () => Promise<unknown>
}) => {
  const again = async () => {
    const { target, reason, until } = block
    const answer = await call('blocks.add', { target, reason, ...(until === null ? {} : { until }) })
    if (say(answer, p().blockedNow)) await onChange()
  }
  const lift = async () => {
    const undo = { label: t().undo, run: () => void again() }
    if (say(await call('blocks.remove', block.id), p().unblocked, undo)) await onChange()
  }
  return (
    <li>
      <span class="grow">
        <strong>{whom(block, contact)}</strong> {block.reason}
        <span class="identity-state">
          {p().blockedBy(agentShort(block.by), fullDate(block.at))}
          {block.until !== null && `, ${p().blockedUntil(fullDate(block.until))}`}
        </span>
      </span>
      {liftable && (
        <button type="button" class="button small" onClick={() => void lift()}>
          {p().unblock}
        </button>
      )}
    </li>
  )
}
