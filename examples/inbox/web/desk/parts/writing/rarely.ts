/** What an answer seldom needs: fetched together, after the conversation is shown. */
export { Accompanying, Addresses, Files } from './attached.tsx'
export { readUpload } from './read-upload.ts'
export { Refused } from './refused.tsx'
export { ScheduledList } from './scheduled-list.tsx'
export { Suggestions } from './suggestions.tsx'
export { WaysOut } from './ways-out.tsx'
