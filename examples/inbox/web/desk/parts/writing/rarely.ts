/** What an answer seldom needs: fetched together, after the conversation is shown. */
export { Accompanying, Addresses, Files } from './attached.tsx'
export { Refused } from './refused.tsx'
export { ScheduledList } from './scheduled-list.tsx'
export { Suggestions } from './suggestions.tsx'
