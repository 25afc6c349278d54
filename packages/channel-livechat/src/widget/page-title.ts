/** Above 99 the number says nothing that "99+" does not. */
export const capped = (count: number): string => (count > 99 ? '99+' : `${count}`)

/** Puts the number of unread messages before the title of the page, and gives the title back; what the page writes wins. */
export const createPageTitle = () => {
  let prefix = ''
  return (unread: number): void => {
    const wanted = unread ? `(${capped(unread)}) ` : ''
    const { title } = document
    document.title = wanted + (title.startsWith(prefix) ? title.slice(prefix.length) : title)
    prefix = wanted
  }
}
