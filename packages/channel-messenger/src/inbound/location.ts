import { field, numberAt, textAt } from '@guichet/channel-kit'
import { saysOnly } from './says-only.ts'
import { sound, withSound } from './sound.ts'
import type { Content } from './told.ts'

/** A place that was sent; undefined when it is none on this earth. */
export const placeOf = (attachment: unknown): Content | undefined => {
  const payload = field(attachment, 'payload')
  const latitude = numberAt(payload, 'coordinates', 'lat')
  const longitude = numberAt(payload, 'coordinates', 'long')
  if (latitude === undefined || longitude === undefined) return undefined
  const place = sound({ _tag: 'Location', latitude, longitude })
  if (place === undefined) return undefined
  const labelled = withSound(place, { label: textAt(attachment, 'title') || textAt(payload, 'title') || undefined })
  // A map of it is kept beside it.
  const whole =
    labelled.whole && saysOnly(attachment, 'type', 'payload', 'title') && saysOnly(payload, 'coordinates', 'title')
  return { parts: [labelled.part], whole }
}
