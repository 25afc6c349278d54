/*
 * A disk that can be watched, cut off and made to fail, between SQLite and the kernel: preloaded (LD_PRELOAD) into the
 * process under test, it stands in for the C library's functions that change files. It takes an interest in one
 * database only: the file, its log and journal, and the directory that names them. Each call that changes one of these
 * is an operation; operations are counted from 1. What it is to do stands in the environment:
 *
 *   FAULTS_FILE=path      the database
 *   FAULTS_LOG=path       where operations are recorded, with what is written; and between them what the process prints,
 *                         which is how it is known what had been acknowledged at that point
 *   FAULTS_KILL="n half"  the process dies at operation n: before it, or with half = 1 after half of a write
 *   FAULTS_FAIL="n m e"   operations n to n + m - 1 fail with errno e; a write gets half way first
 *
 * A record is a line, and the bytes it announces: "W file offset length" (write), "T file size" (truncate),
 * "S file" (sync), "F file" (a sync that failed), "U file" (unlink), "A length" (printed). A file is one letter:
 * d the database, w its log, j its journal, n the directory with their names.
 *
 * The kernel is called directly, so that nothing has to be looked up; the shared memory beside the log is not of
 * interest, for a power cut takes it and a killed process leaves it to whoever comes next.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static char database[PATH_MAX];
static char directory[PATH_MAX];
static int log_fd = -1;
static long operations, kill_at, fail_from, fail_count;
static int kill_half, fail_errno;

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("FAULTS_FILE"), *log = getenv("FAULTS_LOG");
  const char *kill_how = getenv("FAULTS_KILL"), *fail_how = getenv("FAULTS_FAIL");
  if (file == NULL) return;
  snprintf(database, sizeof database, "%s", file);
  snprintf(directory, sizeof directory, "%s", file);
  memmove(directory, dirname(directory), strlen(directory) + 1);
  if (log != NULL) log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (kill_how != NULL) sscanf(kill_how, "%ld %d", &kill_at, &kill_half);
  if (fail_how != NULL) sscanf(fail_how, "%ld %ld %d", &fail_from, &fail_count, &fail_errno);
}

/* The letter of a path; 0 for files that are none of ours. */
static char letter(const char *path) {
  size_t length = strlen(database);
  if (length == 0) return 0;
  if (strcmp(path, directory) == 0) return 'n';
  if (strncmp(path, database, length) != 0) return 0;
  if (path[length] == 0) return 'd';
  if (strcmp(path + length, "-wal") == 0) return 'w';
  if (strcmp(path + length, "-journal") == 0) return 'j';
  return 0;
}

static char letter_of(int fd) {
  char link[64], path[PATH_MAX];
  if (database[0] == 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return letter(path);
}

static void record(const char *line, const void *bytes, size_t length) {
  if (log_fd < 0) return;
  syscall(SYS_write, log_fd, line, strlen(line));
  if (length > 0) syscall(SYS_write, log_fd, bytes, length);
}

/* What is to become of the next operation. */
enum fate { GOES_ON, DIES, FAILS };

static enum fate next(void) {
  long n = __atomic_add_fetch(&operations, 1, __ATOMIC_SEQ_CST);
  if (n == kill_at) return DIES;
  return n >= fail_from && n < fail_from + fail_count ? FAILS : GOES_ON;
}

__attribute__((noreturn)) static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static int fail(void) {
  errno = fail_errno;
  return -1;
}

static ssize_t write_at(int fd, const void *bytes, size_t length, off_t offset) {
  char line[96], file = letter_of(fd);
  if (file == 0) return syscall(SYS_pwrite64, fd, bytes, length, offset);
  enum fate fate = next();
  size_t written = fate == GOES_ON ? length : fate == FAILS || kill_half ? length / 2 : 0;
  snprintf(line, sizeof line, "W %c %lld %zu\n", file, (long long)offset, written);
  if (written > 0) record(line, bytes, written);
  ssize_t answer = written > 0 ? syscall(SYS_pwrite64, fd, bytes, written, offset) : 0;
  if (fate == DIES) die();
  return fate == FAILS ? fail() : answer;
}

static int sync_by(long call, int fd) {
  char line[16], file = letter_of(fd);
  if (file == 0) return syscall(call, fd);
  enum fate fate = next();
  if (fate == DIES) die();
  snprintf(line, sizeof line, "%c %c\n", fate == FAILS ? 'F' : 'S', file);
  /* Recorded when it has come back: only then does it promise anything. */
  int answer = fate == FAILS ? fail() : syscall(call, fd);
  record(line, NULL, 0);
  return answer;
}

static int truncate_to(int fd, off_t size) {
  char line[64], file = letter_of(fd);
  if (file == 0) return syscall(SYS_ftruncate, fd, size);
  enum fate fate = next();
  if (fate == DIES) die();
  if (fate == FAILS) return fail();
  snprintf(line, sizeof line, "T %c %lld\n", file, (long long)size);
  record(line, NULL, 0);
  return syscall(SYS_ftruncate, fd, size);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return write_at(fd, bytes, length, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) { return write_at(fd, bytes, length, offset); }
int fsync(int fd) { return sync_by(SYS_fsync, fd); }
int fdatasync(int fd) { return sync_by(SYS_fdatasync, fd); }
int ftruncate(int fd, off_t size) { return truncate_to(fd, size); }
int ftruncate64(int fd, off_t size) { return truncate_to(fd, size); }

int unlink(const char *path) {
  char line[16], file = letter(path);
  if (file == 0) return syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  /* SQLite also removes what may not be there, to be sure of it. */
  if (access(path, F_OK) != 0) return syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  enum fate fate = next();
  if (fate == DIES) die();
  if (fate == FAILS) return fail();
  snprintf(line, sizeof line, "U %c\n", file);
  record(line, NULL, 0);
  return syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

/* SQLite writes at offsets; this is how a process prints. */
ssize_t write(int fd, const void *bytes, size_t length) {
  char line[32];
  if (fd == STDOUT_FILENO && log_fd >= 0) {
    snprintf(line, sizeof line, "A %zu\n", length);
    record(line, bytes, length);
  }
  return syscall(SYS_write, fd, bytes, length);
}
