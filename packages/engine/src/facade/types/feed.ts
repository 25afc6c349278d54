export type { FeedItem } from '../../domain/feed-item.ts'
