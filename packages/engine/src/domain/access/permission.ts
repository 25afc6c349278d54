/**
 * What goes beyond one's own conversations. A host regroups them by giving an agent a list of her own.
 *
 * - `editContacts`: change, add and merge contacts and companies, undo merges, answer for identities.
 * - `eraseContacts`: export and erase all there is about a person.
 * - `manageTemplates`, `manageTags`, `manageBlocks`: for everybody.
 * - `deleteConversations`: delete for good.
 * - `seeReports`: figures over what she may see.
 */
export type Permission =
  | 'editContacts'
  | 'eraseContacts'
  | 'manageTemplates'
  | 'manageTags'
  | 'manageBlocks'
  | 'deleteConversations'
  | 'seeReports'
