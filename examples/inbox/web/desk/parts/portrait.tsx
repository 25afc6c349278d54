import { Avatar } from '../../shared/avatar.tsx'

/** Only pictures of this host: what comes from elsewhere would tell others that somebody looks. */
const isOurs = (picture: string): boolean =>
  picture.startsWith('data:image/') || (picture.startsWith('/') && !picture.startsWith('//'))

/** The picture of a contact, or initials. */
export const Portrait = ({
  id,
  name,
  picture,
  size = 44,
}: {
  readonly id: string
  readonly name: string
  readonly picture: string | null
  readonly size?: number
}) =>
  picture !== null && isOurs(picture) ? (
    <img class="avatar" src={picture} alt="" width={size} height={size} style={{ '--size': `${size}px` }} />
  ) : (
    <Avatar id={id} name={name} size={size} />
  )
