/** Puts the number of unread messages before the title of the page, and gives the title back; what the page writes wins. */
export const createPageTitle = () => {
  let prefix = ''
  return (unread: number): void => {
    const wanted = unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''
    const { title } = document
    document.title = wanted + (title.startsWith(prefix) ? title.slice(prefix.length) : title)
    prefix = wanted
  }
}
