import type { CloseReason } from './frames.ts'

/** Close codes of the socket: those of RFC 6455 where one fits, private ones above 4000. */
export const closeCodes: Readonly<Record<CloseReason, number>> = {
  bad_frame: 4400,
  unauthorized: 4401,
  origin: 4403,
  rate_limited: 4429,
  timeout: 4408,
  too_slow: 1013,
  restart: 1012,
}

/** RFC 6455, 7.4.1: a kind of data that is not accepted. */
export const unsupportedData = 1003

/** A frame, in bytes. */
export const maxFrame = 64 * 1024
/** A message, in characters: at six bytes for each (`\u0000`) it still fits into a frame. */
export const maxTextLength = 10_000
/** What may wait in a socket that is not read before one more frame is one too many, in bytes. */
export const maxBuffered = 1024 * 1024
/** The body of `POST /sessions`, in bytes. */
export const maxSessionBody = 16 * 1024
export const pageSize = 100
export const helloDeadline = 5_000
export const heartbeat = 25_000
/** A visitor who said that he is typing and then says nothing. */
export const typingTtl = 7_000

export const sessionLifetime = 30 * 60_000
export const resumeLifetime = 90 * 24 * 3_600_000
/** How long an upload waits for the message that names it. */
export const uploadLifetime = 10 * 60_000
export const fileKeyLifetime = 24 * 3_600_000
