/*
 * A disk with troubles, between a server and the kernel: preloaded (LD_PRELOAD) into the server's processes, it stands in
 * for the C library's functions that write at an offset and that wait for the disk. FAULTS_TROUBLES names a directory.
 * While there is a file "write" or "sync" in it, the next such operation, whichever process it is in, removes that file
 * and fails with EIO.
 *
 * The kernel is called directly, so that nothing has to be looked up.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char write_trouble[PATH_MAX], sync_trouble[PATH_MAX];

__attribute__((constructor)) static void begin(void) {
  const char *troubles = getenv("FAULTS_TROUBLES");
  if (troubles == NULL) return;
  snprintf(write_trouble, sizeof write_trouble, "%s/write", troubles);
  snprintf(sync_trouble, sizeof sync_trouble, "%s/sync", troubles);
}

/* Of several processes the kernel lets one remove it. */
static int meets(const char *trouble) {
  int before = errno, met = syscall(SYS_unlinkat, AT_FDCWD, trouble, 0) == 0;
  errno = met ? EIO : before;
  return met;
}

#define HALF(offset) (long)(offset), 0L

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  return meets(write_trouble) ? -1 : syscall(SYS_pwrite64, fd, bytes, length, offset);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) { return pwrite(fd, bytes, length, offset); }
ssize_t pwritev(int fd, const struct iovec *parts, int many, off_t offset) {
  return meets(write_trouble) ? -1 : syscall(SYS_pwritev, fd, parts, many, HALF(offset));
}
ssize_t pwritev64(int fd, const struct iovec *parts, int many, off_t offset) { return pwritev(fd, parts, many, offset); }
int fdatasync(int fd) { return meets(sync_trouble) ? -1 : syscall(SYS_fdatasync, fd); }
int fsync(int fd) { return meets(sync_trouble) ? -1 : syscall(SYS_fsync, fd); }
