import type { TagDefinition } from '@guichet/engine/domain'
import { signal } from '@preact/signals'
import { call } from '../engine.ts'

export type CountedTag = TagDefinition & { readonly conversations: number }

/** The tags that have been given a meaning, with how many conversations carry each; null until they are known. */
export const tagDefinitions = signal<ReadonlyArray<CountedTag> | null>(null)

export const loadTags = async (): Promise<void> => {
  const answer = await call('tags.list')
  if (answer.ok) tagDefinitions.value = answer.value
}

export const tagDefinition = (id: string): CountedTag | undefined => tagDefinitions.value?.find((tag) => tag.id === id)
