/** What most lists do without most of the time: fetched together, after the list is shown. */
export { BulkBar } from './bulk-bar.tsx'
export { BulkRefused } from './bulk-refused.tsx'
export { Chips } from './chips.tsx'
