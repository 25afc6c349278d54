/** Where ids come from: UUID version 7 (RFC 9562), so that they sort by the time they were made. */
export interface Ids {
  readonly next: () => string
}
