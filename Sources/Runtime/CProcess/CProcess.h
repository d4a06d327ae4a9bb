// What glibc 2.34 and later offer for starting processes and Swift's Glibc module hides, since it is read without _GNU_SOURCE.
// Declarations and one-line wrappers only: the functions are glibc's.
#pragma once
#include <spawn.h>
#include <sys/prctl.h>

extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/// Lets processes whose parents ended become children of the caller. Wraps a variadic function, which Swift can't call.
static inline int steplog_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

/// A flag of posix_spawn: start the process in a session of its own (<spawn.h>, POSIX_SPAWN_SETSID).
enum { steplog_spawn_setsid = 0x80 };
