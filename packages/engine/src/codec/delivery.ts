import type { Delivery } from '../domain/message/delivery.ts'
import type { StoredDelivery } from '../ports/storage.ts'

/** Where a delivery row belongs. */
export interface DeliveryAddress {
  readonly conversation: string
  readonly seq: number
  readonly account: string
}

export const encodeDelivery = (address: DeliveryAddress, delivery: Delivery, version: number): StoredDelivery => {
  const { status, ...rest } = delivery
  return { ...address, status, version, data: JSON.stringify({ v: 1, ...rest }) }
}

export const decodeDelivery = (stored: StoredDelivery): Delivery => {
  const { v: _, ...rest } = JSON.parse(stored.data) as Omit<Delivery, 'status'> & { readonly v: 1 }
  return { status: stored.status, ...rest }
}
