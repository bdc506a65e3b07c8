/*
 * A disk that fails: put before libc with LD_PRELOAD, it lets writes to files of one folder fail.
 *
 * faults_arm(nth, kind, folder): from the nth write (or the nth sync) on, or only there, as the kind says.
 * faults_disarm(): how many writes (or syncs) there were.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { NONE, FULL, ERROR, SHORT, SYNC }; /* as in tests/crash/test_faults.py */

static int kind = NONE;
static long nth, seen;
static char folder[4096];

void faults_arm(long at, int what, const char *where)
{
    nth = at;
    seen = 0;
    kind = what;
    snprintf(folder, sizeof folder, "%s", where);
}

long faults_disarm(void)
{
    kind = NONE;
    return seen;
}

static int is_in_folder(int file)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

/* The bytes of a write that get through; -1 with errno for none. */
static ssize_t allowed(int file, size_t size)
{
    if (kind == NONE || kind == SYNC || !is_in_folder(file))
        return (ssize_t)size;
    seen++;
    if (seen < nth || (kind == ERROR && seen > nth))
        return (ssize_t)size;
    if (kind == SHORT && seen == nth && size > 1)
        return (ssize_t)(size / 2);
    errno = kind == ERROR ? EIO : ENOSPC;
    return -1;
}

static int sync_fails(int file)
{
    if (kind != SYNC || !is_in_folder(file) || ++seen != nth)
        return 0;
    errno = EIO;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *data, size_t size)
{
    ssize_t length = allowed(file, size);
    return length < 0 ? length : REAL(write)(file, data, (size_t)length);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at)
{
    ssize_t length = allowed(file, size);
    return length < 0 ? length : REAL(pwrite)(file, data, (size_t)length, at);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at)
{
    ssize_t length = allowed(file, size);
    return length < 0 ? length : REAL(pwrite64)(file, data, (size_t)length, at);
}

int ftruncate64(int file, off64_t size)
{
    return allowed(file, 1) < 0 ? -1 : REAL(ftruncate64)(file, size);
}

int fsync(int file)
{
    return sync_fails(file) ? -1 : REAL(fsync)(file);
}

int fdatasync(int file)
{
    return sync_fails(file) ? -1 : REAL(fdatasync)(file);
}
