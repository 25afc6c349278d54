import ipaddr from 'ipaddr.js'
import { can } from '../domain/access/permissions.ts'
import type { Block, BlockTarget } from '../domain/contact/block.ts'
import { type RangeMeaning, blockedBy, checkBlock } from '../domain/contact/blocking.ts'
import type { Sender } from '../ports/channel.ts'
import { type Acted, askedBy, refused } from './contact/act.ts'
import type { Core } from './core.ts'
import type { Setup } from './directory.ts'
import type { Viewer } from './read/viewer.ts'
import { keepSetting, removeSetting } from './settings.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Range = readonly [Address, number]

/** An IPv4 address that is written as IPv6 is the IPv4 address: sockets show it so. */
const plain = ([address, bits]: Range): Range =>
  address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress() && bits >= 96
    ? [(address as ipaddr.IPv6).toIPv4Address(), bits - 96]
    : [address, bits]

/** Full spellings only: old tools read `10.1` and `0x7f.1` as addresses, people do not. */
const parseAddress = (text: string): Address | undefined => {
  const isFull = text.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(text)
  return isFull && ipaddr.isValid(text) ? ipaddr.parse(text) : undefined
}

const parseRange = (text: string): Range | undefined => {
  const [written = '', bits, ...more] = text.trim().split('/')
  const address = parseAddress(written)
  if (address === undefined || more.length > 0) return undefined
  const most = address.kind() === 'ipv4' ? 32 : 128
  if (bits === undefined) return plain([address, most])
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most ? plain([address, Number(bits)]) : undefined
}

/** Ranges are few and asked about with every message. */
const ranges = new Map<string, Range | undefined>()
const rangesAtMost = 10_000

const rangeOf = (text: string): Range | undefined => {
  if (!ranges.has(text)) {
    if (ranges.size >= rangesAtMost) ranges.clear()
    ranges.set(text, parseRange(text))
  }
  return ranges.get(text)
}

export const meaningOf = (text: string): RangeMeaning => {
  const range = rangeOf(text)
  return range === undefined ? 'nothing' : range[1] === 0 ? 'everything' : 'some'
}

/** Whether an address is in a range. IPv6 zones (`%eth0`) are not part of an address. */
export const inRange = (text: string, ip: string): boolean => {
  const range = rangeOf(text)
  const parsed = range && parseRange(ip.split('%')[0] ?? '')
  if (range === undefined || parsed === undefined) return false
  const [address] = parsed
  return address.kind() === range[0].kind() && address.match(range[0] as never, range[1])
}

/** The block that keeps a sender from being heard, if there is one. */
export const blockOf = (
  setup: Setup,
  now: number,
  account: string,
  from: Pick<Sender, 'address' | 'ip' | 'attributes'>,
  contacts: ReadonlyArray<string>,
): Block | null => {
  if (setup.blocks.size === 0) return null
  const ip = from.ip ?? from.attributes?.['ip']
  const who = { contacts, account, address: from.address, ...(ip === undefined ? {} : { ip }) }
  return blockedBy(setup.blocks.values(), who, now, inRange)
}

/** Only the fields that a target has, so that nothing else is kept with it. */
const pure = (target: BlockTarget): BlockTarget => {
  switch (target._tag) {
    case 'Contact':
      return { _tag: 'Contact', contact: target.contact }
    case 'Identity': {
      const { address, account } = target
      return { _tag: 'Identity', address: address.trim(), ...(account === undefined ? {} : { account }) }
    }
    case 'Ip':
      return { _tag: 'Ip', range: target.range.trim() }
    case 'Pattern':
      return { _tag: 'Pattern', pattern: target.pattern.trim() }
  }
}

const permitted = async (core: Core, viewer: Viewer): Promise<Acted<Setup>> => {
  const asked = await askedBy(core, viewer)
  if (asked._tag === 'Refused') return asked
  return can(asked.value.agent, 'manageBlocks')
    ? { _tag: 'Done', value: asked.value.setup }
    : refused({ _tag: 'Forbidden', action: 'manageBlocks' })
}

/** Newest first; nobody without the permission sees any. */
export const listBlocks = async (core: Core, viewer: Viewer): Promise<ReadonlyArray<Block>> => {
  const setup = await permitted(core, viewer)
  return setup._tag === 'Refused' ? [] : [...setup.value.blocks.values()].sort((a, b) => b.at - a.at)
}

export const addBlock = async (
  core: Core,
  viewer: Viewer,
  { target, reason, until }: { readonly target: BlockTarget; readonly reason: string; readonly until?: number },
): Promise<Acted<Block>> => {
  const setup = await permitted(core, viewer)
  if (setup._tag === 'Refused') return setup
  const now = core.clock.now()
  const refusal = checkBlock({ target, reason, until: until ?? null }, now, meaningOf)
  if (refusal !== null) return refused(refusal)
  const block: Block = {
    id: core.ids.next(),
    target: pure(target),
    reason: reason.trim(),
    by: viewer.agent,
    at: now,
    until: until ?? null,
  }
  await keepSetting(core, viewer.workspace, 'block', block)
  return { _tag: 'Done', value: block }
}

export const removeBlock = async (core: Core, viewer: Viewer, id: string): Promise<Acted<void>> => {
  const setup = await permitted(core, viewer)
  if (setup._tag === 'Refused') return setup
  if (!setup.value.blocks.has(id)) return refused({ _tag: 'NotFound' })
  await removeSetting(core, viewer.workspace, 'block', id)
  return { _tag: 'Done', value: undefined }
}
