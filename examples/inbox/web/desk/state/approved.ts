import { asked } from './asked.ts'
import { threadOf } from './thread.ts'

/** Whether nothing but what the provider has approved can leave here. */
export const onlyApproved = (id: string): boolean => {
  const { canSend } = threadOf(id)
  return canSend?._tag === 'No' && canSend.may === 'templates'
}

export const chooseApproved = (id: string): void => {
  asked.value = { _tag: 'Approved', conversation: id }
}
