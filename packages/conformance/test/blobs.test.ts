import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryBlobs } from '@guichet/engine/memory'
import { fileBlobs } from '@guichet/engine/node'
import type { Blobs } from '@guichet/engine/ports'
import { afterAll, describe, expect, test } from 'vitest'
import { blobCases, titleOf } from '../src/index.ts'

const failures = async (open: () => Blobs): Promise<ReadonlyArray<string>> => {
  const failed = []
  for (const each of blobCases({ open: async () => open() })) {
    try {
      await each.run()
    } catch {
      failed.push(each.name)
    }
  }
  return failed
}

describe('attachments in memory', () => {
  for (const each of blobCases({ open: async () => memoryBlobs() })) {
    test(`${titleOf(each)}`, async () => {
      await expect(each.run()).resolves.toBeUndefined()
    })
  }
})

const joined = (): Blobs => {
  const inner = memoryBlobs()
  const path = (workspace: string, key: string): string => new URL(`${workspace}/${key}`, 'file:///').pathname
  return {
    put: (workspace, key, bytes) => inner.put('', path(workspace, key), bytes),
    get: (workspace, key) => inner.get('', path(workspace, key)),
    delete: (workspace, key) => inner.delete('', path(workspace, key)),
  }
}

const shared = (): Blobs => {
  const kept = new Map<string, Uint8Array>()
  const at = (workspace: string, key: string): string => JSON.stringify([workspace, key])
  return {
    put: (workspace, key, bytes) => void kept.set(at(workspace, key), bytes),
    get: (workspace, key) => kept.get(at(workspace, key)),
    delete: (workspace, key) => void kept.delete(at(workspace, key)),
  }
}

describe('a place for attachments is caught that', () => {
  test('joins workspace and key as a path', async () => {
    expect(await failures(joined)).toEqual([
      'one key in two workspaces is two blobs, however alike their names are',
      'no key leads into another workspace',
    ])
  })

  test('keeps the bytes of its caller', async () => {
    expect(await failures(shared)).toEqual(['bytes that their owner uses again do not change what is kept'])
  })
})

describe('attachments as files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-blobs-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let opened = 0
  for (const each of blobCases({ open: async () => fileBlobs(join(folder, `${++opened}`)) })) {
    test(`${titleOf(each)}`, async () => {
      await expect(each.run()).resolves.toBeUndefined()
    })
  }
})
