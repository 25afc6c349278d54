import type { AttributeValue } from './attribute.ts'

/** Whom contacts work for. */
export interface Company {
  readonly id: string
  readonly name: string
  /** Its internet domain: a sender there is proposed as one of its people. */
  readonly domain: string | null
  readonly phone: string | null
  readonly address: string | null
  readonly custom: Readonly<Record<string, AttributeValue>>
  readonly createdAt: number
}
