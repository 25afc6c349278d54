import { numberAt, textAt } from '@guichet/channel-kit'
import { sound, withSound } from './sound.ts'
import type { Content } from './told.ts'

/** A place that was sent; undefined when it is none on this earth. */
export const placeOf = (attachment: unknown): Content | undefined => {
  const latitude = numberAt(attachment, 'payload', 'coordinates', 'lat')
  const longitude = numberAt(attachment, 'payload', 'coordinates', 'long')
  if (latitude === undefined || longitude === undefined) return undefined
  const place = sound({ _tag: 'Location', latitude, longitude })
  if (place === undefined) return undefined
  return { parts: [withSound(place, { label: textAt(attachment, 'title') }).part], whole: true }
}
