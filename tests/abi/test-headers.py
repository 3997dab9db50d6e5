#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compile each public header alone, warnings being errors.

usage: test-headers.py MODE INCLUDE SOURCE COMPILER...

c, cpp:     by itself, C11 or C++17, pedantic
winadapter: in C++, with <wsl/winadapter.h> (DirectX-Headers) before and after
32-bit:     SOURCE, the generated checks of all requests, for a 32-bit program

77 (skipped) where a compiler or header that it takes is missing.
"""
import os
import shutil
import subprocess
import sys
import tempfile

WARNINGS = ['-Wall', '-Wextra', '-Wpedantic', '-Werror', '-fsyntax-only']
WINADAPTER = '<wsl/winadapter.h>'


def compiles(command, source=None):
    """Whether the compiler takes the source, or else standard input."""
    done = subprocess.run(
        command + [source or '-'], input='' if source else '\n',
        stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True)
    if done.returncode or done.stdout:
        print(' '.join(command), source, done.stdout, sep='\n')
        return False
    return True


def skip(reason):
    print('skipped:', reason)
    sys.exit(77)


def is_cpp(compiler):
    return '++' in os.path.basename(compiler)


def available(compilers, cpp):
    found = [c for c in compilers if is_cpp(c) == cpp and shutil.which(c)]
    if not found:
        skip('none of ' + ' '.join(compilers))
    return found


def directx_headers():
    try:
        flags = subprocess.run(
            ['pkg-config', '--cflags-only-I', 'DirectX-Headers'], check=True,
            stdout=subprocess.PIPE, text=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        skip('no <wsl/winadapter.h>: DirectX-Headers (Debian: '
             'directx-headers-dev) is not installed')
    # Not ours to warn about.
    return [word for flag in flags for word in ('-isystem', flag[2:])]


def headers_of(include):
    top = os.path.join(include, 'dxg')
    return sorted(os.path.relpath(os.path.join(folder, name), top)
                  for folder, _, names in os.walk(top) for name in names)


def check_headers(include, source, compilers, flags, uses=((),)):
    failed = 0
    for compiler in compilers:
        for header in headers_of(include):
            for use in uses:
                failed += not compiles(
                    [compiler] + flags + WARNINGS + list(use) + [
                        '-I', include, '-DHEADER=<dxg/%s>' % header], source)
    print('%d headers, %s: %d failures' %
          (len(headers_of(include)), ' '.join(compilers), failed))
    return failed


def check_32_bit(include, source, compilers):
    """Only the layouts: the C library of 32-bit programs need not be there."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, 'gnu'))
        open(os.path.join(folder, 'gnu', 'stubs-32.h'), 'w').close()
        flags = ['-m32', '-std=c11', '-fsyntax-only', '-isystem', folder,
                 '-isystem', '/usr/include/x86_64-linux-gnu']
        failed = 0
        for compiler in compilers:
            if not compiles([compiler, '-x', 'c'] + flags):
                skip(compiler + ' makes no 32-bit programs')
            failed += not compiles(
                [compiler] + flags +
                ['-I', include, '-I', os.path.dirname(__file__)], source)
        return failed


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    mode, include, source, compilers = (
        sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
    if mode == 'c':
        failed = check_headers(
            include, source, available(compilers, False), ['-std=c11'])
    elif mode == 'cpp':
        failed = check_headers(
            include, source, available(compilers, True), ['-std=c++17'])
    elif mode == 'winadapter':
        flags = ['-std=c++17'] + directx_headers()
        failed = check_headers(
            include, source, available(compilers, True), flags,
            [['-DBEFORE=' + WINADAPTER], ['-DAFTER=' + WINADAPTER]])
    elif mode == '32-bit':
        failed = check_32_bit(include, source, available(compilers, False))
    else:
        sys.exit(__doc__)
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
