import { oneLine } from './words.ts'

/** A place as the API takes it, by itself and above a template. */
export const placed = ({
  latitude,
  longitude,
  label,
  address,
}: {
  readonly latitude: number
  readonly longitude: number
  readonly label?: string
  readonly address?: string
}) => ({
  latitude,
  longitude,
  ...(label === undefined ? {} : { name: oneLine(label) }),
  ...(address === undefined ? {} : { address: oneLine(address) }),
})
