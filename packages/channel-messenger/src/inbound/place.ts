/** Where a request arrives: what stands in `entry[].id` for this account, and the application that receives it. */
export interface Place {
  /** What Meta calls the product: `page` is Messenger. */
  readonly object: 'page' | 'instagram'
  /** The id of the page or of the Instagram account. */
  readonly own: string
  readonly appId: string
}
