import { memoryStorage } from '@guichet/engine/memory'
import type { Storage } from '@guichet/engine/ports'
import { describe, expect, test } from 'vitest'
import type { RawReader } from '../src/index.ts'
import * as broken from './broken.ts'

/** What is planted, and a case that has to notice. */
const planted: ReadonlyArray<readonly [what: string, bug: broken.Bug, caught: string]> = [
  [
    'ignores versions',
    broken.ignoresVersions,
    'G22 compare and set: a conversation changes only from the version that was expected',
  ],
  [
    'stores an external id again',
    broken.ignoresDuplicates,
    'G03 compare and set: an external id is stored once in an account: a second one is a conflict',
  ],
  [
    'keeps a part of what conflicts',
    broken.commitsInPart,
    'commit: a changeset that conflicts in one part leaves nothing of the others',
  ],
  [
    'refuses a batch for one conflict',
    broken.failsTogether,
    'commit: a conflict does not touch the other changesets of its batch',
  ],
  ['loses the order in a lane', broken.losesLanes, 'G20 lanes: one claim takes one item of a lane, the earliest'],
  [
    'forgets leases',
    broken.forgetsLeases,
    'G17 work: nobody else gets what is claimed until the lease ends; then the attempt counts as one more',
  ],
  [
    'settles what others hold',
    broken.settlesBlindly,
    'G17 work: settling is refused when somebody else has claimed since, or it is gone',
  ],
  [
    'does not say what a late settlement is refused for',
    broken.refusesWithoutReason,
    'G17 work: settling is refused when somebody else has claimed since, or it is gone',
  ],
  [
    'ignores keys',
    broken.ignoresKeys,
    'G33 work: a later item with the same kind and key takes the place of the earlier one',
  ],
  [
    'shows all workspaces in one stream',
    broken.leaksStream,
    'G52 stream: a workspace has a stream and a position of its own, whatever happens in another',
  ],
  [
    'finds what a neighbour wrote',
    broken.leaksSearch,
    'G52 isolation: the same ids in two workspaces are two of everything',
  ],
  [
    'delivers the stream twice',
    broken.streamsTwice,
    'G45 stream: everything is there once, in commit order, whatever the size of a page',
  ],
  [
    'leaves gaps in the stream',
    broken.streamsWithGaps,
    'G45 stream: everything is there once, in commit order, whatever the size of a page',
  ],
  [
    'skips rows of the same time',
    broken.skipsTies,
    'G44 list: pages join without a gap or a double, also between rows of the same time',
  ],
  [
    'shows what a viewer may not see',
    broken.showsEverything,
    'G42 list: a viewer sees her own, what she is involved in, her queues, and the unowned of others',
  ],
  [
    'shares read marks',
    broken.sharesReadMarks,
    'G43 read marks: everything is unread until an agent reads it, for her alone',
  ],
  ['minds accents', broken.mindsAccents, 'search: case and accents do not matter, on either side, composed or not'],
  ['erases nothing', broken.erasesNothing, 'erase: an erased entry keeps who and when, and nothing of what'],
  ['counts up only', broken.countsUpOnly, 'counters: changes add up, also within one changeset'],
  [
    'cuts strings at a NUL character',
    broken.cutsAtNul,
    'hostile data: a NUL character comes back from every field as it went in',
  ],
]

describe('a store is caught that', () => {
  for (const [what, bug, caught] of planted) {
    test(`${what}`, async () => {
      expect(await broken.failures(broken.withBug(bug), ({ area }) => area !== 'model')).toContain(caught)
    })
  }

  test('forgets everything when it is closed', async () => {
    const reopen = async () => memoryStorage()
    expect(await broken.failures({ open: reopen, reopen })).toEqual([
      'G06 durability: what was committed is there after the store was closed and opened again',
      'G45 durability: positions go on rising, also when the last place in the stream was left before',
      'G33 durability: timers, leases and attempts outlive a restart',
    ])
  })

  test('answers from a cache and keeps nothing', async () => {
    const nothing: RawReader = {
      count: async () => 0,
      conversation: async () => undefined,
      entry: async () => undefined,
    }
    const harness = { open: async (): Promise<Storage> => memoryStorage(), raw: () => nothing }
    expect(await broken.failures(harness)).toContain('commit: what is committed is really kept, table by table')
  })
})

describe('generated plans alone find a store that', () => {
  // A plan has no strings with a NUL character, and what is refused for several reasons need not say which.
  const unseen = ['cuts strings at a NUL character', 'does not say what a late settlement is refused for']
  for (const [what, bug] of planted.filter(([name]) => !unseen.includes(name))) {
    test(`${what}`, async () => {
      const failed = await broken.failures(broken.withBug(bug), ({ area }) => area === 'model')
      expect(failed).toEqual(['model: whatever is done to it, it answers as the store in memory does'])
    })
  }
})
