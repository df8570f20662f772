// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/Confinement.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace hilum {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t machine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t machine = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t machine = 0;
#endif

#if defined(__SANITIZE_ADDRESS__)
constexpr bool isPossible = false;
#else
constexpr bool isPossible = machine != 0;
#endif

constexpr std::uint32_t kill = SECCOMP_RET_KILL_PROCESS;
constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;
// The C library then falls back to clone, whose flags can be seen from here.
constexpr std::uint32_t unknown = SECCOMP_RET_ERRNO | ENOSYS;

constexpr std::array decoding{__NR_read,
                              __NR_pread64,
                              __NR_close,
                              __NR_lseek,
                              __NR_munmap,
                              __NR_mremap,
                              __NR_madvise,
                              __NR_brk,
                              __NR_futex,
                              __NR_sched_yield,
                              __NR_rseq,
                              __NR_sched_getaffinity,
                              __NR_set_robust_list,
                              __NR_getrusage,
                              __NR_clock_gettime,
                              __NR_clock_nanosleep,
                              __NR_nanosleep,
                              __NR_getpid,
                              __NR_gettid,
                              __NR_rt_sigprocmask,
                              __NR_rt_sigreturn,
                              __NR_restart_syscall,
                              __NR_getrandom,
                              __NR_exit,
                              __NR_exit_group};

constexpr std::array takeover{
    __NR_execve,
    __NR_execveat,
    __NR_ptrace,
    __NR_process_vm_readv,
    __NR_process_vm_writev,
    __NR_socket,
    __NR_connect,
    __NR_bind,
    __NR_listen,
    __NR_socketpair,
    __NR_kill,
    __NR_tkill,
    __NR_rt_sigqueueinfo,
    __NR_bpf,
    __NR_io_uring_setup,
#ifdef __NR_fork
    __NR_fork,
    __NR_vfork,
#endif
};

class Filter {
public:
    Filter()
    {
        load(offsetof(seccomp_data, arch));
        add(BPF_JMP | BPF_JEQ | BPF_K, machine, 1, 0);
        answer(kill);
        load(offsetof(seccomp_data, nr));
    }
    void on(long call, std::uint32_t action)
    {
        isCall(call, 1);
        answer(action);
    }
    void whenEqual(long call, int argument, std::uint32_t value, std::uint32_t otherwise)
    {
        isCall(call, 4);
        load(argumentAt(argument));
        add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
        answer(SECCOMP_RET_ALLOW);
        answer(otherwise);
    }
    void whenAnyBit(long call, int argument, std::uint32_t bits, std::uint32_t has, std::uint32_t hasNot)
    {
        isCall(call, 4);
        load(argumentAt(argument));
        add(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
        answer(has);
        answer(hasNot);
    }
    bool install(std::uint32_t otherwise)
    {
        answer(otherwise);
        const sock_fprog program{static_cast<unsigned short>(m_code.size()), m_code.data()};
        return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
            && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
    }

private:
    // The lower half: descriptors, flags and process ids are 32 bits; both machines are little-endian.
    static std::uint32_t argumentAt(int argument)
    {
        return static_cast<std::uint32_t>(offsetof(seccomp_data, args))
            + 8U * static_cast<unsigned>(argument);
    }
    void isCall(long call, std::uint8_t skipped)
    {
        add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, skipped);
    }
    void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset), 0, 0); }
    void answer(std::uint32_t action) { add(BPF_RET | BPF_K, action, 0, 0); }
    void add(int code, std::uint32_t value, std::uint8_t whenTrue, std::uint8_t whenFalse)
    {
        m_code.push_back({static_cast<std::uint16_t>(code), whenTrue, whenFalse, value});
    }

    std::vector<sock_filter> m_code;
};

} // namespace

Confinement confine(int socket, int answers, Generated generated)
{
    if (!isPossible)
        return Confinement::Unavailable;
    const auto number = [](int value) { return static_cast<std::uint32_t>(value); };
    Filter filter;
    for (const long call : decoding)
        filter.on(call, SECCOMP_RET_ALLOW);
    for (const long call : {__NR_recvmsg, __NR_recvfrom, __NR_sendmsg})
        filter.whenEqual(call, 0, number(socket), refuse);
    for (const long call : {__NR_pwrite64, __NR_ftruncate})
        filter.whenEqual(call, 0, number(answers), refuse);
    for (const long call : {__NR_write, __NR_writev})
        filter.whenEqual(call, 0, STDERR_FILENO, refuse);
    const std::uint32_t onCode = generated == Generated::Code ? SECCOMP_RET_ALLOW : refuse;
    for (const long call : {__NR_mmap, __NR_mprotect})
        filter.whenAnyBit(call, 2, PROT_EXEC, onCode, SECCOMP_RET_ALLOW);
    filter.whenAnyBit(__NR_clone, 0, CLONE_THREAD, SECCOMP_RET_ALLOW, kill);
    filter.on(__NR_clone3, unknown);
    filter.whenEqual(__NR_prlimit64, 0, 0, refuse); // of itself: the time for each film
    filter.whenEqual(__NR_tgkill, 0, number(::getpid()), kill); // of itself: abort
    for (const long call : takeover)
        filter.on(call, kill);
    return filter.install(refuse) ? Confinement::Complete : Confinement::Unavailable;
}

} // namespace hilum
