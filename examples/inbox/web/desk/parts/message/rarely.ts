/** What few messages have: fetched together, after the conversation is shown. */
export { EditForm } from './edit-form.tsx'
export { FailedActs } from './failed-acts.tsx'
export { MailFrame } from './mail-frame.tsx'
export { MissingFile } from './missing-file.tsx'
export { Reactions } from './reactions.tsx'
export { LeavingPart, RichPartView } from './rich-part.tsx'
